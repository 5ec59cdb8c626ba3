// the package has no types; client.ts says what is used of it
declare module 'pg'

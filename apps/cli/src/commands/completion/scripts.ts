const BASH = `# wamux completion for bash: source <(wamux completion bash)
_wamux() {
  local cur words cword line
  if declare -F _init_completion >/dev/null; then _init_completion -n := || return
  else cur=\${COMP_WORDS[COMP_CWORD]} words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD
  fi
  COMPREPLY=()
  while IFS=$'\\t' read -r line _; do COMPREPLY+=("$line"); done < <(wamux __complete "\${words[@]:1:cword}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 0 ]] && compopt -o default 2>/dev/null
}
complete -F _wamux wamux
`

const ZSH = `#compdef wamux
# wamux completion for zsh: wamux completion zsh > "\${fpath[1]}/_wamux"
_wamux() {
  local -a found
  local line
  while IFS= read -r line; do found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}"); done < <(wamux __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then _describe wamux found; else _files; fi
}
if [ "$funcstack[1]" = "_wamux" ]; then _wamux "$@"; else compdef _wamux wamux; fi
`

const FISH = `# wamux completion for fish: wamux completion fish > ~/.config/fish/completions/wamux.fish
function __wamux_complete
  set -l words (commandline -opc)
  wamux __complete $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c wamux -a '(__wamux_complete)'
`

const POWERSHELL = `# wamux completion for PowerShell: wamux completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName wamux -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += '' }
  wamux __complete @words 2>$null | ForEach-Object {
    $word, $about = $_ -split "\`t", 2
    if (-not $about) { $about = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
  }
}
`

/** Completion scripts by the name of the shell. */
export const SCRIPTS: Readonly<Record<string, string>> = { bash: BASH, zsh: ZSH, fish: FISH, powershell: POWERSHELL }

// What a shell runs to complete our command lines: it asks the program itself, by `completion SHELL -- WORDS`, and gets a candidate on
// each line, with a tab before what it is for; `:files` asks for the names of files.
// Bash splits words at "=", so there a flag and its value come apart.

const bash = `# source-metabase: completion for bash
_source_metabase() {
  local current="\${COMP_WORDS[COMP_CWORD]}" program="\${COMP_WORDS[0]/#\\~/$HOME}" word
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    if [[ $word == :files ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "\${current#=}")
    else
      COMPREPLY+=("$word")
    fi
  done < <("$program" completion bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _source_metabase source-metabase
`;

const zsh = `#compdef source-metabase
# source-metabase: completion for zsh
_source_metabase() {
  local line tab=$'\\t'
  local -a lines found
  lines=("\${(@f)$("\${(Q)words[1]}" completion zsh -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    if [[ $line == :files ]]; then
      _files
    elif [[ -n $line ]]; then
      found+=("\${\${line%%$tab*}//:/\\\\:}:\${line#*$tab}")
    fi
  done
  (( $#found )) && _describe 'source-metabase' found
}
compdef _source_metabase source-metabase
`;

const fish = `# source-metabase: completion for fish
function __source_metabase_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  for line in ($words[1] completion fish -- $words[2..-1] "$current" 2>/dev/null)
    if test "$line" = ':files'
      __fish_complete_path "$current"
    else
      echo $line
    end
  end
end
complete -c source-metabase -f -a '(__source_metabase_complete)'
`;

export const scripts = { bash, zsh, fish };

export type Shell = keyof typeof scripts;

#compdef postern magento bin/magento
# zsh completion for postern, magento and bin/magento.

_postern() {
    local program=${commands[postern]:-$words[1]} line
    local -a values descriptions
    for line in "${(@f)$($program _complete zsh -- "${(@Q)words[1,CURRENT-1]}" "$PREFIX" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        values+=("${line%%$'\t'*}")
        descriptions+=("${line//$'\t'/  -- }")
    done
    if (( $#values )); then
        # -U: an abbreviation such as a:a: is no prefix of the names it stands for.
        compadd -U -l -d descriptions -a values
    else
        compset -P '*='
        _files
    fi
}

if [[ $funcstack[1] == _postern ]]; then
    _postern "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _postern postern magento bin/magento
fi

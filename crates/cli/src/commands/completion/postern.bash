# bash completion for postern, magento and bin/magento.
# The line is handed over whole: bash has already cut its words at the colons.

_postern_complete() {
    local program candidate _
    COMPREPLY=()
    program=$(type -P postern) || program=$(type -P -- "${COMP_WORDS[0]}") || return 0
    while IFS=$'\t' read -r candidate _; do
        COMPREPLY+=("$candidate")
    done < <("$program" _complete bash --breaks="$COMP_WORDBREAKS" \
        -- "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}

complete -o default -F _postern_complete postern magento bin/magento

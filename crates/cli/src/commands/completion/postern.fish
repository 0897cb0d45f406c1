# fish completion for postern, magento and bin/magento.

function __postern_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program (command -s postern)
    or set program $words[1]
    set -l found ($program _complete fish -- $words "$current" 2>/dev/null)
    if set -q found[1]
        printf '%s\n' $found
    else
        __fish_complete_path "$current"
    end
end

complete -c postern -f -a '(__postern_complete)'
complete -c magento -f -a '(__postern_complete)'

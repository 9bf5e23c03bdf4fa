# SPDX-License-Identifier: MIT
# Completion of chatctl in fish: the program itself knows what may come next.
complete -c chatctl -f -a '(chatctl --complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'

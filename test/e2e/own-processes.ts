/**
 * For a shell under the program: shows the arguments of every process of its session, which `Person.run` starts for the program, so that
 * what else runs on the machine decides nothing.
 */
export const showOwnProcesses = 'ps -ww -o args= -s "$(ps -o sid= -p $$ | tr -d " ")" | cat';

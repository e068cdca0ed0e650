# Completion of kops-mfa in elvish (0.18 or later):  eval (kops-mfa completions elvish | slurp)  in ~/.config/elvish/rc.elv, or this file
# as ~/.config/elvish/lib/kops-mfa.elv and  use kops-mfa  there.
# {{made}}
# Nothing of what is typed, and nothing that files or programs say, is evaluated.

use str

# {{table}}

# The lines that the program prints.
fn program {|@words|
  try {
    e:kops-mfa $@words < /dev/null 2> /dev/null | from-lines
  } catch {
    nop
  }
}

fn show {|word about &suffix=' '|
  var display = $word
  if (not-eq $about '') {
    set display = $word' ('$about')'
  }
  edit:complex-candidate $word &display=$display &code-suffix=$suffix
}

# Files with one of the endings, and directories; all files without an ending, and none with /.
fn show-paths {|typed endings|
  var path = $typed
  var flag = ''
  if (and (str:has-prefix $typed -) (str:contains $typed '=')) {
    var end = (+ 1 (str:index $typed '='))
    set flag = $typed[..$end]
    set path = $typed[$end..]
  }
  edit:complete-filename $path | each {|file|
    var wanted = (or (eq $endings []) (str:has-suffix $file[stem] /))
    for ending $endings {
      set wanted = (or $wanted (str:has-suffix $file[stem] $ending))
    }
    if $wanted {
      edit:complex-candidate $flag$file[stem] &code-suffix=$file[code-suffix]
    }
  }
}

# The values of a kind (profile, file, …, or the words themselves) with what stands before them in the same word.
fn show-values {|values typed before|
  if (eq $values profile) {
    program __profiles | each {|name| show $before$name '' }
  } elif (eq $values file) {
    show-paths $typed []
  } elif (eq (kind-of $values) list) {
    for word $values {
      show $before$word ''
    }
  }
}

# What kops says; where it says nothing, nothing is offered.
fn show-kops {|words typed|
  var lines = [(program __complete-kops $@words '='$typed)]
  if (eq $lines []) {
    return
  }
  var how = [(str:split ' ' $lines[0])]
  if (eq $how[0] :files) {
    show-paths $typed $how[1..]
  } elif (eq $how[0] :directories) {
    show-paths $typed [/]
  } else {
    var suffix = ' '
    if (eq $how[0] :nospace) {
      set suffix = ''
    }
    for line $lines[1..] {
      var word about = (str:split &max=2 "\t" $line"\t")
      show $word (str:trim-right $about "\t") &suffix=$suffix
    }
  }
}

fn has-option {|options name|
  for option $options {
    if (has-value $option[names] $name) {
      put $true
      return
    }
  }
  put $false
}

# $nil where the option takes no value, or there is none of that name.
fn option-values {|options name|
  for option $options {
    if (has-value $option[names] $name) {
      put $option[values]
      return
    }
  }
  put $nil
}

# The options, or the values that go behind the equal sign.
fn show-options {|options typed|
  if (str:contains $typed '=') {
    var name = $typed[..(str:index $typed '=')]
    show-values (option-values $options $name) $typed $name'='
    return
  }
  for option $options {
    for name $option[names] {
      show $name $option[about]
    }
  }
}

# A command of kops-mfa: what is expected follows from the words before.
fn show-ours {|command words typed|
  var pending = $nil
  var place = 0
  var ended = $nil
  var index = 0
  for word $words {
    set index = (+ $index 1)
    if $pending {
      set pending = $nil
    } elif $ended {
      set place = (+ $place 1)
    } elif (eq $word --) {
      set ended = $index
    } elif (str:has-prefix $word -) {
      set pending = (option-values $command[options] $word)
    } else {
      set place = (+ $place 1)
    }
  }
  if $pending {
    show-values $pending $typed ''
  } elif $ended {
    if $command[takes-command] {
      edit:complete-sudo -- (all $words[$ended..]) $typed
    } elif (< $place (count $command[arguments])) {
      show-values $command[arguments][$place] $typed ''
    }
  } elif (str:has-prefix $typed -) {
    show-options $command[options] $typed
  } elif (< $place (count $command[arguments])) {
    show-values $command[arguments][$place] $typed ''
  }
}

fn show-first {|typed|
  if (str:has-prefix $typed -) {
    show-options $options $typed
    show-kops [] $typed
    return
  }
  for name [(keys $commands)] {
    show $name $commands[$name][about]
  }
  if (has-external kops) {
    for name [(keys $kops-commands)] {
      show $name $kops-commands[$name]
    }
  }
}

fn complete {|@line|
  var words = $line[1..-1]
  var typed = $line[-1]
  # Options of kops-mfa may stand before its command, and before that of kops.
  while (and (not-eq $words []) (has-option $options [(str:split = $words[0])][0])) {
    var values = (option-values $options $words[0])
    set words = $words[1..]
    if $values {
      if (eq $words []) {
        show-values $values $typed ''
        return
      }
      set words = $words[1..]
    }
  }
  if (eq $words []) {
    show-first $typed
  } elif (has-key $commands $words[0]) {
    show-ours $commands[$words[0]] $words[1..] $typed
  } elif (eq $words[0] --) {
    show-kops $words[1..] $typed
  } else {
    show-kops $words $typed
  }
}

# Only an interactive elvish has an editor to tell; a file that named it outright would not even compile in another one.
try {
  eval 'set edit:completion:arg-completer[kops-mfa] = $complete~' &ns=(ns [&complete~=$complete~])
} catch {
  nop
}

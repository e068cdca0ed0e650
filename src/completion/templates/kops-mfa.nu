# Completion of kops-mfa in nushell (0.98 or later): this file beside config.nu, and  source kops-mfa.nu  in that.
# It adds to the completer of external commands, and leaves every other command to the one that was there before.
# {{made}}
# Nothing of what is typed, and nothing that files or programs say, is evaluated.

module kops-mfa-completion {
  # {{table}}

  # Our completer of external commands, in front of the one that there is; once, however often this is loaded.
  export def completer [before: any] {
    if $before != null and "kops-mfa" in (view source $before) { return $before }
    {|spans|
      if ($spans.0 | path basename) == "kops-mfa" {
        offer $spans
      } else if $before != null {
        do $before $spans
      }
    }
  }

  # The words behind kops-mfa, the last of them being typed. Null leaves the word to nushell, which completes files.
  export def offer [spans: list<string>] {
    let typed = $spans | last | unquoted
    let line = leading ($spans | skip 1 | drop 1 | each { unquoted })
    let words = $line.words
    let offers = if $line.pending != null {
      values-of $line.pending ""
    } else if ($words | is-empty) {
      first-words $typed
    } else if $words.0 in $commands {
      ours ($commands | get $words.0) ($words | skip 1) $typed
    } else if $words.0 == "--" {
      kops ($words | skip 1) $typed
    } else {
      kops $words $typed
    }
    if $offers != null {
      $offers | where { $in.value | str starts-with $typed } | update value { $in | quoted }
    }
  }

  # The words without the options of kops-mfa in front, which may stand before its command and that of kops; the last of those
  # options may still want its value.
  def leading [all: list<string>] {
    mut words = $all
    while ($words | is-not-empty) {
      let word = $words.0
      let option = find-option $options ($word | split row "=" | first)
      if $option == null { break }
      $words = $words | skip 1
      if $option.values != null and "=" not-in $word {
        if ($words | is-empty) { return {words: [], pending: $option.values} }
        $words = $words | skip 1
      }
    }
    {words: $words, pending: null}
  }

  def first-words [typed: string] {
    if ($typed | str starts-with "-") {
      return (options-of $options $typed | append (kops [] $typed))
    }
    let own = $commands | transpose value entry | each { {value: $in.value, description: $in.entry.about} }
    if (which kops | is-empty) { $own } else { $own | append ($kops_commands | transpose value description) }
  }

  # A command of kops-mfa: what is expected follows from the words before.
  def ours [command: record, words: list<string>, typed: string] {
    mut pending = null
    mut place = 0
    mut ended = false
    for word in $words {
      if $pending != null {
        $pending = null
      } else if $ended {
        $place += 1
      } else if $word == "--" {
        $ended = true
      } else if ($word | str starts-with "-") {
        $pending = find-option $command.options $word | get values?
      } else {
        $place += 1
      }
    }
    if $pending != null {
      values-of $pending ""
    } else if not $ended and ($typed | str starts-with "-") {
      options-of $command.options $typed
    } else if $ended and $command.takes_command {
      null
    } else {
      values-of ($command.arguments | skip $place | get 0?) ""
    }
  }

  # The values of a kind (profile, file, …, or the words themselves) with what stands before them in the same word.
  def values-of [values: any, before: string] {
    match $values {
      "profile" => (program ["__profiles"] | each { {value: $"($before)($in)", description: "profile"} })
      "file" => null
      null | "anything" => []
      _ => ($values | each { {value: $"($before)($in)", description: ""} })
    }
  }

  # What kops says; where it says nothing, nothing is offered.
  def kops [words: list<string>, typed: string] {
    let lines = program ["__complete-kops" ...$words $"=($typed)"]
    if ($lines | is-empty) { return [] }
    if $lines.0 =~ '^:(files|directories)' { return null }
    $lines | skip 1 | each {
      let parts = $in | split row "\t"
      {value: $parts.0, description: ($parts | get 1? | default "")}
    }
  }

  # The lines that the program prints.
  def program [words: list<string>] {
    try { "" | ^kops-mfa ...$words | complete | get stdout | lines } catch { [] }
  }

  # The options, or the values that go behind the equal sign.
  def options-of [options: list<any>, typed: string] {
    if "=" in $typed {
      let name = $typed | split row "=" | first
      return (values-of (find-option $options $name | get values?) $"($name)=")
    }
    $options | each {|option| $option.names | each {|name| {value: $name, description: $option.about} } } | flatten
  }

  def find-option [options: list<any>, name: string] {
    $options | where { $name in $in.names } | get 0?
  }

  # A word as it can stand in a command line: between double quotes nushell reads what JSON writes.
  def quoted [] {
    let word = $in
    if $word =~ '^(--?)?[\w/][\w./:=@+-]*$' { $word } else { $word | to json --raw }
  }

  # A word as it is passed; its closing quote may not have been typed yet.
  def unquoted [] {
    let word = $in
    if $word =~ '^"' {
      let text = $word | str replace --regex '^"' '' | str replace --regex '"$' ''
      try { $'"($text)"' | from json } catch { $text }
    } else {
      $word | str replace --regex "^['`]" "" | str replace --regex "['`]$" ""
    }
  }
}

use kops-mfa-completion
$env.config.completions.external.completer = (kops-mfa-completion completer $env.config.completions.external.completer?)

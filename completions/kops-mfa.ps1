# Completion of kops-mfa in PowerShell (5.1 or later):  Invoke-Expression (& kops-mfa completions powershell | Out-String)  in $PROFILE
# Made from the program's table of commands by `npm run completions`: change src/completion, not this.
# Nothing of what is typed, and nothing that files or programs say, is evaluated.

Register-ArgumentCompleter -Native -CommandName kops-mfa -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    Set-StrictMode -Version 3.0

    $commands = [ordered]@{
        'env' = @{
            About = 'print the lines that put a session into your shell'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the profile, of the AWS files or of your settings'; Values = 'profile' }
                @{ Names = @('--region'); About = 'the region of STS, and the one to export'; Values = 'anything' }
                @{ Names = @('--role-arn'); About = 'the role to assume'; Values = 'anything' }
                @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
                @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
                @{ Names = @('--role-session-name'); About = 'the name that CloudTrail shows'; Values = 'anything' }
                @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
                @{ Names = @('--duration-seconds'); About = 'life of the session'; Values = 'anything' }
                @{ Names = @('--duration'); About = 'the same, as 1h or 90m'; Values = 'anything' }
                @{ Names = @('--min-ttl'); About = 'renew a session with less left than this'; Values = 'anything' }
                @{ Names = @('--no-session'); About = 'send the code with AssumeRole, without a shared MFA session'; Values = $null }
                @{ Names = @('--no-prompt'); About = 'fail where a person would have to be asked'; Values = $null }
                @{ Names = @('--shell'); About = 'which shell'; Values = @('bash', 'zsh', 'sh', 'fish', 'powershell', 'tcsh', 'nushell', 'elvish', 'xonsh', 'cmd') }
                @{ Names = @('--format'); About = 'which format'; Values = @('export', 'dotenv', 'json', 'process', 'github') }
                @{ Names = @('--output'); About = 'a file to write instead (mode 0600)'; Values = 'file' }
                @{ Names = @('--unset'); About = 'print the way out of the session'; Values = $null }
                @{ Names = @('--renew'); About = 'fail if the session in this shell would become another one'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'exec' = @{
            About = 'run a command with a session, in a clean environment'
            TakesCommand = $true
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the profile, of the AWS files or of your settings'; Values = 'profile' }
                @{ Names = @('--region'); About = 'the region of STS, and the one to export'; Values = 'anything' }
                @{ Names = @('--role-arn'); About = 'the role to assume'; Values = 'anything' }
                @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
                @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
                @{ Names = @('--role-session-name'); About = 'the name that CloudTrail shows'; Values = 'anything' }
                @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
                @{ Names = @('--duration-seconds'); About = 'life of the session'; Values = 'anything' }
                @{ Names = @('--duration'); About = 'the same, as 1h or 90m'; Values = 'anything' }
                @{ Names = @('--min-ttl'); About = 'renew a session with less left than this'; Values = 'anything' }
                @{ Names = @('--no-session'); About = 'send the code with AssumeRole, without a shared MFA session'; Values = $null }
                @{ Names = @('--no-prompt'); About = 'fail where a person would have to be asked'; Values = $null }
                @{ Names = @('--server', '--no-server'); About = 'renew the session while the command runs; --no-server: never'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'login' = @{
            About = 'make the session now; print nothing to evaluate'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the profile, of the AWS files or of your settings'; Values = 'profile' }
                @{ Names = @('--region'); About = 'the region of STS, and the one to export'; Values = 'anything' }
                @{ Names = @('--role-arn'); About = 'the role to assume'; Values = 'anything' }
                @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
                @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
                @{ Names = @('--role-session-name'); About = 'the name that CloudTrail shows'; Values = 'anything' }
                @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
                @{ Names = @('--duration-seconds'); About = 'life of the session'; Values = 'anything' }
                @{ Names = @('--duration'); About = 'the same, as 1h or 90m'; Values = 'anything' }
                @{ Names = @('--min-ttl'); About = 'renew a session with less left than this'; Values = 'anything' }
                @{ Names = @('--no-session'); About = 'send the code with AssumeRole, without a shared MFA session'; Values = $null }
                @{ Names = @('--no-prompt'); About = 'fail where a person would have to be asked'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'logout' = @{
            About = 'forget the sessions that are kept, all or those of one profile'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'status' = @{
            About = 'tell role, identity and time left'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the profile, of the AWS files or of your settings'; Values = 'profile' }
                @{ Names = @('--region'); About = 'the region of STS, and the one to export'; Values = 'anything' }
                @{ Names = @('--role-arn'); About = 'the role to assume'; Values = 'anything' }
                @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
                @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
                @{ Names = @('--role-session-name'); About = 'the name that CloudTrail shows'; Values = 'anything' }
                @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
                @{ Names = @('--duration-seconds'); About = 'life of the session'; Values = 'anything' }
                @{ Names = @('--duration'); About = 'the same, as 1h or 90m'; Values = 'anything' }
                @{ Names = @('--min-ttl'); About = 'renew a session with less left than this'; Values = 'anything' }
                @{ Names = @('--no-session'); About = 'send the code with AssumeRole, without a shared MFA session'; Values = $null }
                @{ Names = @('--no-prompt'); About = 'fail where a person would have to be asked'; Values = $null }
                @{ Names = @('--json'); About = 'as JSON'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'explain' = @{
            About = 'show where every value comes from, and which calls would be made; calls nothing'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the profile, of the AWS files or of your settings'; Values = 'profile' }
                @{ Names = @('--region'); About = 'the region of STS, and the one to export'; Values = 'anything' }
                @{ Names = @('--role-arn'); About = 'the role to assume'; Values = 'anything' }
                @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
                @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
                @{ Names = @('--role-session-name'); About = 'the name that CloudTrail shows'; Values = 'anything' }
                @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
                @{ Names = @('--duration-seconds'); About = 'life of the session'; Values = 'anything' }
                @{ Names = @('--duration'); About = 'the same, as 1h or 90m'; Values = 'anything' }
                @{ Names = @('--min-ttl'); About = 'renew a session with less left than this'; Values = 'anything' }
                @{ Names = @('--no-session'); About = 'send the code with AssumeRole, without a shared MFA session'; Values = $null }
                @{ Names = @('--no-prompt'); About = 'fail where a person would have to be asked'; Values = $null }
                @{ Names = @('--json'); About = 'as JSON'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'doctor' = @{
            About = 'check all that a session needs, and say what is wrong and what to do'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the profile, of the AWS files or of your settings'; Values = 'profile' }
                @{ Names = @('--region'); About = 'the region of STS, and the one to export'; Values = 'anything' }
                @{ Names = @('--role-arn'); About = 'the role to assume'; Values = 'anything' }
                @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
                @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
                @{ Names = @('--role-session-name'); About = 'the name that CloudTrail shows'; Values = 'anything' }
                @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
                @{ Names = @('--duration-seconds'); About = 'life of the session'; Values = 'anything' }
                @{ Names = @('--duration'); About = 'the same, as 1h or 90m'; Values = 'anything' }
                @{ Names = @('--min-ttl'); About = 'renew a session with less left than this'; Values = 'anything' }
                @{ Names = @('--no-session'); About = 'send the code with AssumeRole, without a shared MFA session'; Values = $null }
                @{ Names = @('--no-prompt'); About = 'fail where a person would have to be asked'; Values = $null }
                @{ Names = @('--state'); About = 'the state store of kops: s3://BUCKET'; Values = 'anything' }
                @{ Names = @('--login'); About = 'make a session first if none is kept, with a code'; Values = $null }
                @{ Names = @('--offline'); About = 'read files and variables only: no request, no other program'; Values = $null }
                @{ Names = @('--json'); About = 'as JSON'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'kubeconfig' = @{
            About = 'let kubectl get its certificates with the session'
            TakesCommand = $false
            Arguments = @(, 'anything')
            Options = @(
                @{ Names = @('--kubeconfig'); About = 'the file, instead of KUBECONFIG'; Values = 'file' }
                @{ Names = @('--all'); About = 'every user that logs in with kops'; Values = $null }
                @{ Names = @('--profile', '-p'); About = 'the profile that kubectl shall use'; Values = 'profile' }
                @{ Names = @('--role-arn'); About = 'the role, where no profile names it'; Values = 'anything' }
                @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
                @{ Names = @('--undo'); About = 'give back what kops wrote'; Values = $null }
                @{ Names = @('--dry-run'); About = 'show what would change; write nothing'; Values = $null }
                @{ Names = @('--yes', '-y'); About = 'change it without asking'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'credential-process' = @{
            About = 'print the session for an AWS SDK, as credential_process in ~/.aws/config'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the profile, of the AWS files or of your settings'; Values = 'profile' }
                @{ Names = @('--region'); About = 'the region of STS, and the one to export'; Values = 'anything' }
                @{ Names = @('--role-arn'); About = 'the role to assume'; Values = 'anything' }
                @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
                @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
                @{ Names = @('--role-session-name'); About = 'the name that CloudTrail shows'; Values = 'anything' }
                @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
                @{ Names = @('--duration-seconds'); About = 'life of the session'; Values = 'anything' }
                @{ Names = @('--duration'); About = 'the same, as 1h or 90m'; Values = 'anything' }
                @{ Names = @('--min-ttl'); About = 'renew a session with less left than this'; Values = 'anything' }
                @{ Names = @('--no-session'); About = 'send the code with AssumeRole, without a shared MFA session'; Values = $null }
                @{ Names = @('--no-prompt'); About = 'fail where a person would have to be asked'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'policy' = @{
            About = 'print a role that only MFA opens, and its policies; calls nothing'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the profile to take over from'; Values = 'profile' }
                @{ Names = @('--format'); About = 'which format'; Values = @('json', 'script', 'cloudformation', 'terraform') }
                @{ Names = @('--state-store'); About = 's3://BUCKET or s3://BUCKET/PREFIX'; Values = 'anything' }
                @{ Names = @('--account'); About = 'the account of the role'; Values = 'anything' }
                @{ Names = @('--role-name'); About = 'its name (kops-admin), with a path if you like'; Values = 'anything' }
                @{ Names = @('--max-session-duration'); About = 'how long a session may last at most: 1h (the default) to 12h'; Values = 'anything' }
                @{ Names = @('--user'); About = 'an IAM user, by name or ARN; repeat it for more'; Values = 'anything' }
                @{ Names = @('--group'); About = 'a group that gets the users'' policy; repeat it for more'; Values = 'anything' }
                @{ Names = @('--user-account'); About = 'the account of the users'; Values = 'anything' }
                @{ Names = @('--mfa-age'); About = 'how old the code may be: 1m to 36h'; Values = 'anything' }
                @{ Names = @('--session-name-rule'); About = 'the session must be named like the user'; Values = $null }
                @{ Names = @('--manage-mfa'); About = 'users may change their own MFA devices, with a code'; Values = $null }
                @{ Names = @('--manage-clusters'); About = 'the role may also do what kops does to clusters'; Values = $null }
                @{ Names = @('--bucket-policy'); About = 'deny everybody else what is in the state store'; Values = $null }
                @{ Names = @('--cluster'); About = 'only this cluster keeps its access; repeat it for more'; Values = 'anything' }
                @{ Names = @('--allow'); About = 'the ARN of one more who keeps access; repeat it for more'; Values = 'anything' }
                @{ Names = @('--partition'); About = 'which partition'; Values = @('aws', 'aws-cn', 'aws-us-gov') }
                @{ Names = @('--region'); About = 'a region of the partition that is meant'; Values = 'anything' }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'init' = @{
            About = 'print the integration for a shell''s start-up file'
            TakesCommand = $false
            Arguments = @(, @('bash', 'zsh', 'sh', 'fish', 'powershell', 'tcsh', 'nushell', 'elvish', 'xonsh'))
            Options = @(
                @{ Names = @('--wrap'); About = 'commands that renew a session that is over before they run: kops,kubectl'; Values = 'anything' }
                @{ Names = @('--output'); About = 'a file to write instead (mode 0600)'; Values = 'file' }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'completions' = @{
            About = 'print the completion for a shell''s start-up file'
            TakesCommand = $false
            Arguments = @(, @('bash', 'zsh', 'fish', 'powershell', 'nushell', 'elvish'))
            Options = @(
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'setup' = @{
            About = 'write a profile: finds your keys and MFA device, asks for the rest, tries it'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the name of the profile to write'; Values = 'profile' }
                @{ Names = @('--source-profile'); About = 'the profile that has your access keys'; Values = 'profile' }
                @{ Names = @('--serial-number'); About = 'the ARN of your MFA device'; Values = 'anything' }
                @{ Names = @('--role-arn'); About = 'the role to assume, or its name if it is in your account; - for none'; Values = 'anything' }
                @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
                @{ Names = @('--region'); About = 'the region of your clusters'; Values = 'anything' }
                @{ Names = @('--state-store'); About = 'the bucket of kops, s3://NAME'; Values = 'anything' }
                @{ Names = @('--cluster'); About = 'the cluster you work with'; Values = 'anything' }
                @{ Names = @('--default', '--no-default'); About = 'use it where no profile is named; --no-default: do not'; Values = $null }
                @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
                @{ Names = @('--yes', '-y'); About = 'ask nothing: take what is found, and leave out the rest'; Values = $null }
                @{ Names = @('--no-login'); About = 'write it untried'; Values = $null }
                @{ Names = @('--dry-run'); About = 'show what would be written'; Values = $null }
                @{ Names = @('--shell-startup', '--no-shell-startup'); About = 'add the integration to your shell''s start-up file; --no-shell-startup: never'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'use' = @{
            About = 'put a session into this shell, where the integration is loaded'
            TakesCommand = $false
            Arguments = @(, 'profile')
            Options = @(
                @{ Names = @('--profile', '-p'); About = 'the profile, of the AWS files or of your settings'; Values = 'profile' }
                @{ Names = @('--region'); About = 'the region of STS, and the one to export'; Values = 'anything' }
                @{ Names = @('--role-arn'); About = 'the role to assume'; Values = 'anything' }
                @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
                @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
                @{ Names = @('--role-session-name'); About = 'the name that CloudTrail shows'; Values = 'anything' }
                @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
                @{ Names = @('--duration-seconds'); About = 'life of the session'; Values = 'anything' }
                @{ Names = @('--duration'); About = 'the same, as 1h or 90m'; Values = 'anything' }
                @{ Names = @('--min-ttl'); About = 'renew a session with less left than this'; Values = 'anything' }
                @{ Names = @('--no-session'); About = 'send the code with AssumeRole, without a shared MFA session'; Values = $null }
                @{ Names = @('--no-prompt'); About = 'fail where a person would have to be asked'; Values = $null }
                @{ Names = @('--renew'); About = 'fail if the session in this shell would become another one'; Values = $null }
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
        'off' = @{
            About = 'take the session out of this shell again'
            TakesCommand = $false
            Arguments = @()
            Options = @(
                @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
            )
        }
    }
    $kopsCommands = [ordered]@{
        'completion' = 'kops: generate the completion script of kops'
        'create' = 'kops: create a cluster or an instance group'
        'delete' = 'kops: delete clusters, instance groups, instances, secrets'
        'distrust' = 'kops: distrust keypairs'
        'edit' = 'kops: edit clusters and other resources'
        'export' = 'kops: export the kubeconfig of a cluster'
        'get' = 'kops: list clusters and other resources'
        'help' = 'kops: help of kops'
        'promote' = 'kops: promote a resource'
        'reconcile' = 'kops: bring a cluster in line with its specification'
        'replace' = 'kops: replace cluster resources'
        'rolling-update' = 'kops: replace the machines of a cluster, one after another'
        'toolbox' = 'kops: less common commands of kops'
        'trust' = 'kops: trust keypairs'
        'update' = 'kops: update a cluster'
        'upgrade' = 'kops: upgrade a cluster to the recommended version'
        'validate' = 'kops: tell whether a cluster is healthy'
        'version' = 'kops: the version of kops'
    }
    $options = @(
        @{ Names = @('--profile', '-p'); About = 'the profile, of the AWS files or of your settings'; Values = 'profile' }
        @{ Names = @('--region'); About = 'the region of STS, and the one to export'; Values = 'anything' }
        @{ Names = @('--role-arn'); About = 'the role to assume'; Values = 'anything' }
        @{ Names = @('--serial-number'); About = 'the ARN of the MFA device'; Values = 'anything' }
        @{ Names = @('--token-code'); About = 'the code, instead of a prompt'; Values = 'anything' }
        @{ Names = @('--role-session-name'); About = 'the name that CloudTrail shows'; Values = 'anything' }
        @{ Names = @('--external-id'); About = 'what the role''s owner asks for'; Values = 'anything' }
        @{ Names = @('--duration-seconds'); About = 'life of the session'; Values = 'anything' }
        @{ Names = @('--duration'); About = 'the same, as 1h or 90m'; Values = 'anything' }
        @{ Names = @('--min-ttl'); About = 'renew a session with less left than this'; Values = 'anything' }
        @{ Names = @('--no-session'); About = 'send the code with AssumeRole, without a shared MFA session'; Values = $null }
        @{ Names = @('--no-prompt'); About = 'fail where a person would have to be asked'; Values = $null }
        @{ Names = @('--server', '--no-server'); About = 'renew the session while the command runs; --no-server: never'; Values = $null }
        @{ Names = @('--help', '-h'); About = 'show help'; Values = $null }
        @{ Names = @('--version'); About = 'show the version'; Values = $null }
    )

    function Skip-Word([string[]]$words, [int]$count) {
        if ($count -lt $words.Count) { $words[$count..($words.Count - 1)] }
    }

    # The lines that the program prints; the exit code and the encoding of the session stay as they are.
    function Read-Program([string[]]$words) {
        $program = Get-Command -Name kops-mfa -CommandType Application, ExternalScript -TotalCount 1 -ErrorAction Ignore
        if ($null -eq $program) { return }
        $variables = $ExecutionContext.SessionState.PSVariable
        $state = $variables.GetValue('global:LASTEXITCODE', 0)
        $encoding = [Console]::OutputEncoding
        try {
            [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
            & $program.Source @words 2>$null
        }
        catch { }
        finally {
            [Console]::OutputEncoding = $encoding
            $variables.Set('global:LASTEXITCODE', $state)
        }
    }

    # A word as it can stand in a command line.
    function Format-Word([string]$word) {
        if ($word -match '^(-[A-Za-z]|(--)?[A-Za-z0-9_/][\w./+:=-]*)$') { return $word }
        "'" + [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($word) + "'"
    }

    # Offers the word if it begins with what is typed.
    function Show-Word([string]$word, [string]$about, [string]$type = 'ParameterValue') {
        if (-not $word.StartsWith($typed, [StringComparison]::OrdinalIgnoreCase)) { return }
        $tip = if ($about) { $about } else { $word }
        [Management.Automation.CompletionResult]::new((Format-Word $word), $word, $type, $tip)
    }

    # Offers files with one of the endings, and directories; all files without an ending, and none with /.
    function Show-Path([string[]]$endings) {
        $flag = if ($typed -match '^--?[^=]+=') { $Matches[0] } else { '' }
        foreach ($file in [Management.Automation.CompletionCompleters]::CompleteFilename($typed.Substring($flag.Length))) {
            $name = $file.ListItemText
            $isWanted = $file.ResultType -eq 'ProviderContainer' -or $endings.Count -eq 0 -or @($endings | Where-Object { $name.EndsWith($_) }).Count -gt 0
            if ($isWanted) { [Management.Automation.CompletionResult]::new($flag + $file.CompletionText, $name, $file.ResultType, $file.ToolTip) }
        }
    }

    # Offers the values of a kind (profile, file, ..., or the words themselves) with what stands before them in the same word.
    function Show-Value($values, [string]$before) {
        switch ($values) {
            $null { }
            'profile' { Read-Program '__profiles' | ForEach-Object { Show-Word ($before + $_) "profile $_" } }
            'file' { Show-Path @() }
            'anything' { }
            default { Show-Word ($before + $_) $_ }
        }
    }

    # What kops says; where it says nothing, nothing is offered.
    function Show-Kops([string[]]$words) {
        $how, $lines = @(Read-Program (@('__complete-kops') + $words + "=$typed"))
        if ($null -eq $how) { return }
        $kind = $how.Split(' ')[0]
        switch ($kind) {
            ':files' { Show-Path @(Skip-Word $how.Split(' ') 1) }
            ':directories' { Show-Path '/' }
            default { foreach ($line in $lines) { $word, $about = $line.Split("`t"); Show-Word $word "$about" } }
        }
    }

    # The option of that name, if there is one.
    function Get-Option($options, [string]$name) {
        foreach ($option in $options) { if ($option.Names -ccontains $name) { return $option } }
    }

    # Options, or the values that go behind the equal sign.
    function Show-Option($options) {
        if ($typed -match '^(--[^=]+)=') {
            $name = $Matches[1]
            $option = Get-Option $options $name
            if ($option) { Show-Value $option.Values "$name=" }
            return
        }
        foreach ($option in $options) {
            foreach ($name in $option.Names) { Show-Word $name $option.About 'ParameterName' }
        }
    }

    # A command of kops-mfa: what is expected follows from the words before.
    function Show-Ours($command, [string[]]$words) {
        $pending = $null
        $place = 0
        $isEnded = $false
        foreach ($word in $words) {
            if ($null -ne $pending) { $pending = $null }
            elseif ($isEnded) { $place++ }
            elseif ($word -ceq '--') { $isEnded = $true }
            elseif ($word.StartsWith('-')) { $pending = Get-Option $command.Options $word | ForEach-Object { $_.Values } }
            else { $place++ }
        }
        if ($null -ne $pending) { Show-Value $pending '' }
        elseif ($isEnded -and $command.TakesCommand) { Show-Command }
        elseif (-not $isEnded -and $typed.StartsWith('-')) { Show-Option $command.Options }
        elseif ($place -lt $command.Arguments.Count) { Show-Value $command.Arguments[$place] '' }
    }

    # A command line of its own, behind the first --.
    function Show-Command {
        $mark = @($commandAst.CommandElements | Where-Object { $_.Extent.Text -ceq '--' })[0].Extent
        $line = $commandAst.Extent.Text.Substring($mark.EndOffset - $commandAst.Extent.StartOffset)
        $rest = $line.PadRight($cursorPosition - $mark.EndOffset).TrimStart()
        [Management.Automation.CommandCompletion]::CompleteInput($rest, $rest.Length, $null).CompletionMatches
    }

    # The words before the cursor as they will be passed, and the one that is typed.
    $words = @()
    $typed = ''
    foreach ($element in $commandAst.CommandElements) {
        if ($element.Extent.StartOffset -ge $cursorPosition) { break }
        $text = if ($element -is [Management.Automation.Language.StringConstantExpressionAst]) { $element.Value } else { $element.Extent.Text }
        if ($element.Extent.EndOffset -lt $cursorPosition) { $words += $text } else { $typed = $text }
    }
    # Options of kops-mfa may stand before its command, and before that of kops.
    $at = 1
    while ($at -lt $words.Count -and ($option = Get-Option $options $words[$at].Split('=')[0])) {
        $at++
        if ($null -eq $option.Values -or $words[$at - 1].Contains('=')) { continue }
        if ($at -eq $words.Count) { return Show-Value $option.Values '' }
        $at++
    }
    $words = @(Skip-Word $words $at)
    if ($words.Count -eq 0) {
        if ($typed.StartsWith('-')) {
            Show-Option $options
            Show-Kops @()
            return
        }
        foreach ($name in $commands.Keys) { Show-Word $name $commands[$name].About }
        if (Get-Command -Name kops -CommandType Application -TotalCount 1 -ErrorAction Ignore) {
            foreach ($name in $kopsCommands.Keys) { Show-Word $name $kopsCommands[$name] }
        }
        return
    }
    $first = $words[0]
    $rest = @(Skip-Word $words 1)
    if ($commands.Contains($first)) { Show-Ours $commands[$first] $rest }
    elseif ($first -ceq '--') { Show-Kops $rest }
    else { Show-Kops $words }
}

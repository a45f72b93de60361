# Dot-sourced by every suite: the built module, and a server to talk to: $Store holds how to reach it, $Uri a model on it.
# It is the playground's loopback server, started once for all suites; it ends when this process closes its input.
$root = [System.IO.Path]::Combine($PSScriptRoot, '..', '..')
$Module = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($root, 'output', 'S3ModelStore', 'S3ModelStore.psd1'))
Import-Module $Module -ErrorAction Stop

$playground = Get-ChildItem ([System.IO.Path]::Combine($root, 'tests', 'S3ModelStore.Playground', 'bin')) -Recurse -Filter S3ModelStore.Playground.dll -ErrorAction Ignore |
    Sort-Object LastWriteTime -Descending | Select-Object -First 1
$NoServer = -not $playground
$Because = if ($NoServer) { ' (skipped: tests/S3ModelStore.Playground is not built)' } else { '' }

if ($playground -and -not (Test-Path Variable:Global:S3ModelStorePesterServer)) {
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] ($playground.FullName, '--serve'))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $global:S3ModelStorePesterServer = [System.Diagnostics.Process]::Start($start)
    $global:S3ModelStorePesterSettings = @{}
    while ($line = $global:S3ModelStorePesterServer.StandardOutput.ReadLine()) {
        $name, $value = $line -split '=', 2
        $global:S3ModelStorePesterSettings[$name] = $value
    }
}

if ($playground) {
    $secret = ConvertTo-SecureString $global:S3ModelStorePesterSettings.AWS_SECRET_ACCESS_KEY -AsPlainText -Force
    $Uri = 's3://models/tiny-llm'
    $Store = @{
        EndpointUrl = $global:S3ModelStorePesterSettings.AWS_ENDPOINT_URL_S3
        Credential  = [pscredential]::new($global:S3ModelStorePesterSettings.AWS_ACCESS_KEY_ID, $secret)
    }
}

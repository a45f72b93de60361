# The cmdlets live in a load context of their own, so that another module's AWS SDK and ours never meet.
# Only what System.Management.Automation itself brings is used here: a hosted engine has nothing else.
$loader = 'S3ModelStore.Loader.ModuleLoader' -as [type]
$bin = [System.IO.Path]::Combine($PSScriptRoot, 'bin')
if ($null -eq $loader) {
    $path = [System.IO.Path]::Combine($bin, 'S3ModelStore.Loader.dll')
    $loader = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($path).GetType('S3ModelStore.Loader.ModuleLoader', $true)
}

$cmdlets = Microsoft.PowerShell.Core\Import-Module -Assembly $loader::Load($bin) -PassThru

# An assembly that was imported before is taken from a cache, and its cmdlets then miss in this module: after Remove-Module or with -Force
# there would be none. Can go when https://github.com/PowerShell/PowerShell/issues/20710 is fixed in every version the manifest allows.
$addExportedCmdlet = [System.Management.Automation.PSModuleInfo].GetMethod(
    'AddExportedCmdlet', [System.Reflection.BindingFlags] 'Instance, NonPublic')
foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) {
    $null = $addExportedCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
}

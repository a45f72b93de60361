BeforeAll { . "$PSScriptRoot/Source.ps1" }

Describe 'Help' {
    It 'of <_> has a synopsis, parameters and examples' -ForEach 'Get-S3ModelObject', 'Measure-S3ModelDownload', 'Save-S3Model', 'Test-S3ModelSource' {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeLike "$_ *"
        $help.examples.example.Count | Should -BeGreaterOrEqual 5
        $help.parameters.parameter.name | Should -Contain Uri
        $help.alertSet.alert.Text -join ' ' | Should -BeLike '*about_S3ModelStore*'
        Get-Help $_ -Examples | Out-String | Should -BeLike '*Example 5*'
        Get-Help $_ -Parameter Uri | Out-String | Should -BeLike '*s3://bucket/prefix*'
    }

    It 'has the topic <_>' -ForEach 'about_S3ModelStore', 'about_S3ModelStore_Credentials', 'about_S3ModelStore_Verification' {
        Get-Help $_ | Out-String | Should -BeLike '*LONG DESCRIPTION*'
        (Get-Help about_S3ModelStore*).Name | Should -Contain $_
    }

    It 'explains <_>' -ForEach 'NoMatch', 'ChecksumMismatch', 'Internal' {
        Get-Help about_S3ModelStore | Out-String | Should -Match "(?m)^    $_ +\w"
    }
}

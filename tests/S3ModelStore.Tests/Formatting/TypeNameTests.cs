using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Formatting;

/// <summary>The names by which scripts know objects whose types they cannot name.</summary>
public sealed class TypeNameTests
{
    [Theory]
    [InlineData("Get-S3ModelObject s3://b/m", "ModelObject")]
    [InlineData("Test-S3ModelSource s3://b/m -Detailed", "SourceStatus")]
    [InlineData("Measure-S3ModelDownload s3://b/m", "DownloadEstimate")]
    [InlineData("(Measure-S3ModelDownload s3://b/m).Files", "PlannedFile")]
    [InlineData("(Measure-S3ModelDownload s3://b/m).LargestFile", "PlannedFile")]
    [InlineData("(Measure-S3ModelDownload s3://b/m).ByExtension", "ExtensionSummary")]
    [InlineData("Save-S3Model s3://b/m ./d", "DownloadResult")]
    [InlineData("(Save-S3Model s3://b/m ./d).Files", "FileResult")]
    [InlineData("Get-S3ModelObject s3://b/m | Where-Object Size -gt 0", "ModelObject")]
    public async Task Everything_has_a_name_of_its_own(string script, string name)
    {
        await using var store = await ModelServer.StartAsync();
        store.Put("m/a.json", "{}");
        Assert.Equal("S3ModelStore." + name, store.Engine.Run(script).Only().TypeNames[0]);
    }
}

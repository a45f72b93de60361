using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Commands;

public sealed class SourceTests
{
    [Fact]
    public async Task Objects_are_listed_with_all_their_properties()
    {
        await using var store = await Model();
        var result = store.Engine.Run("Get-S3ModelObject s3://b/m -Include a.*");
        Assert.Equal("s3://b/m/a.json", result.Get<string>("Uri"));
        Assert.Equal("b", result.Get<string>("Bucket"));
        Assert.Equal("m/a.json", result.Get<string>("Key"));
        Assert.Equal("a.json", result.Get<string>("RelativePath"));
        Assert.Equal(2L, result.Get<long>("Size"));
        Assert.Equal("STANDARD", result.Get<string>("StorageClass"));
        Assert.Equal("99914b932bd37a50b983c5e7c90ae93b", result.Get<string>("ETag"));
    }

    [Fact]
    public async Task Test_answers_yes_and_no()
    {
        await using var store = await Model();
        Assert.Equal([true, false], store.Engine.Run("Test-S3ModelSource s3://b/m, s3://b/none").Output.Select(answer => (bool)answer.BaseObject));
    }

    [Fact]
    public async Task Test_says_why_and_what_to_do()
    {
        await using var store = await Model();
        var result = store.Engine.Run("Test-S3ModelSource s3://nobucket/m -Detailed");
        Assert.False(result.Get<bool>("Available"));
        Assert.Equal("BucketNotFound", result.Get<object>("Reason").ToString());
        Assert.NotEmpty(result.Get<string>("Remedy"));
    }

    [Fact]
    public async Task Measure_counts_what_is_there_and_what_is_missing()
    {
        await using var store = await Model();
        store.Engine.Run("Save-S3Model s3://b/m ./d -Include *.json");
        var result = store.Engine.Run("Measure-S3ModelDownload s3://b/m ./d");
        Assert.Equal(2, result.Get<int>("FileCount"));
        Assert.Equal(2L, result.Get<long>("BytesPresent"));
        Assert.Equal(100_000L, result.Get<long>("BytesToDownload"));
        Assert.True(result.Get<bool?>("Fits"));
    }

    [Fact]
    public async Task Measuring_nothing_is_an_error_unless_it_may_be_empty()
    {
        await using var store = await Model();
        Assert.StartsWith("NoMatch,", store.Engine.Run("Measure-S3ModelDownload s3://b/none").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, store.Engine.Run("Measure-S3ModelDownload s3://b/none -AllowEmpty").Get<int>("FileCount"));
    }

    [Fact]
    public async Task Results_and_estimates_are_sources_too()
    {
        await using var store = await Model();
        Assert.Equal(true, store.Engine.Run("Measure-S3ModelDownload s3://b/m | Test-S3ModelSource").Only().BaseObject);
    }

    private static async Task<ModelServer> Model()
    {
        var store = await ModelServer.StartAsync();
        store.Put("m/a.json", "{}");
        store.Put("m/b.bin", 100_000);
        return store;
    }
}

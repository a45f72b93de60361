using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Commands;

/// <summary>Looking first and then doing exactly that; and removing what the source no longer has.</summary>
public sealed class PlanTests
{
    [Theory]
    [InlineData("Measure-S3ModelDownload s3://b/m ./d | Save-S3Model")]
    [InlineData("Measure-S3ModelDownload s3://b/m | Save-S3Model -Destination ./d")]
    [InlineData("$plan = Measure-S3ModelDownload s3://b/m; Save-S3Model $plan ./d")]
    public async Task A_measured_plan_is_saved_without_another_listing(string script)
    {
        await using var store = await Model();

        var result = store.Engine.Run(script);

        Assert.True(result.Get<bool>("Success"));
        Assert.Equal(store.Directory["d"], result.Get<string>("Destination"));
        Assert.Equal(["d/a.json", "d/b.bin"], store.Saved);
        Assert.Equal(1, store.Server.Log.RequestsOf(TestServer.Protocol.S3Operation.ListObjects));
    }

    [Fact]
    public async Task A_plan_of_a_source_that_changed_since_is_an_error()
    {
        await using var store = await Model();
        store.Engine.Run("$plan = Measure-S3ModelDownload s3://b/m ./d");
        store.Put("m/a.json", "[]");

        var result = store.Engine.Run("$plan | Save-S3Model");

        Assert.False(result.First<bool>("Success"));
        Assert.StartsWith("ObjectChanged,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_without_a_destination_needs_one()
    {
        await using var store = await Model();

        var error = store.Engine.Run("Measure-S3ModelDownload s3://b/m | Save-S3Model").Error();

        Assert.StartsWith("InvalidOption,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Destination", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_asks_for_every_file_and_removes_what_was_allowed()
    {
        await using var store = await Model();
        Assert.True(store.Engine.Run("Save-S3Model s3://b/m ./d").Get<bool>("Success"));
        store.Server.Objects.Remove("b", "m/b.bin");

        var whatIf = store.Engine.Run("Save-S3Model s3://b/m ./d -Prune -WhatIf");
        var before = store.Saved.ToList();
        var result = store.Engine.Run("Save-S3Model s3://b/m ./d -Prune");

        Assert.Contains("b.bin", whatIf.Screen, StringComparison.Ordinal);
        Assert.Contains("s3://b/m no longer has it", whatIf.Screen, StringComparison.Ordinal);
        Assert.Equal(["d/a.json", "d/b.bin"], before);
        Assert.Equal((1, 1), (result.Get<int>("FilesRemoved"), result.Get<int>("FilesUnchanged")));
        Assert.Equal(["d/a.json"], store.Saved);
    }

    [Fact]
    public async Task Chosen_objects_are_no_reason_to_prune()
    {
        await using var store = await Model();

        Assert.StartsWith("InvalidOption,", store.Engine.Run("Get-S3ModelObject s3://b/m | Save-S3Model -Destination d -Prune").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private static async Task<ModelServer> Model()
    {
        var store = await ModelServer.StartAsync();
        store.Put("m/a.json", "{}");
        store.Put("m/b.bin", 5000);
        return store;
    }
}

using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Commands;

/// <summary>What became of a directory since it was saved, without the store and with it.</summary>
public sealed class RepairTests
{
    [Fact]
    public async Task An_offline_look_names_what_is_wrong_and_a_repair_mends_it()
    {
        await using var store = await SavedAsync();
        await File.WriteAllTextAsync(store.Directory["d/a.json"], "[]", TestContext.Current.CancellationToken);
        File.Delete(store.Directory["d/sub/b.bin"]);
        await File.WriteAllTextAsync(store.Directory["d/mine.txt"], "mine", TestContext.Current.CancellationToken);
        var before = store.Server.Log.Entries.Count;

        var looked = store.Engine.Run("(Measure-S3ModelDownload ./d -Offline).Files | ForEach-Object { '{0} {1}' -f $_.RelativePath, $_.State }");
        var requests = store.Server.Log.Entries.Count - before;
        var mended = store.Engine.Run("Save-S3Model s3://b/m ./d -Repair");

        Assert.Equal(["a.json Damaged", "sub/b.bin Missing", "sub/c.json Present", "mine.txt Foreign"], looked.Output.Select(line => (string)line.BaseObject));
        Assert.Equal(0, requests);
        Assert.Equal((1, 1, 1), (mended.Get<int>("FilesRepaired"), mended.Get<int>("FilesDownloaded"), mended.Get<int>("FilesUnchanged")));
        Assert.Contains("a.json' was damaged", Assert.Single(mended.Warnings), StringComparison.Ordinal);
        Assert.Equal("{}", await File.ReadAllTextAsync(store.Directory["d/a.json"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WhatIf_says_how_much_a_repair_would_read()
    {
        await using var store = await SavedAsync();

        var result = store.Engine.Run("Save-S3Model s3://b/m ./d -Repair -WhatIf");

        Assert.Empty(result.Output);
        Assert.Contains("Repair 3 files (4.9 KB to check, 0 B to download)", result.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Force_and_repair_are_an_error()
    {
        await using var store = await SavedAsync();

        Assert.StartsWith("InvalidOption,", store.Engine.Run("Save-S3Model s3://b/m ./d -Repair -Force").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_was_never_saved_to_has_nothing_to_be_held_against()
    {
        await using var store = await ModelServer.StartAsync();
        Directory.CreateDirectory(store.Directory["empty"]);

        Assert.StartsWith("ManifestNotFound,", store.Engine.Run("Measure-S3ModelDownload ./empty -Offline").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private static async Task<ModelServer> SavedAsync()
    {
        var store = await ModelServer.StartAsync();
        store.Put("m/a.json", "{}");
        store.Put("m/sub/b.bin", 5000);
        store.Put("m/sub/c.json", "{}");
        Assert.True(store.Engine.Run("Save-S3Model s3://b/m ./d").Get<bool>("Success"));
        return store;
    }
}

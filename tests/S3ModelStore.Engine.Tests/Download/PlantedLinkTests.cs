using S3ModelStore.Engine.Errors;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Links where the module keeps its own files: whoever can write to a destination must not have other files written through it.</summary>
public sealed class PlantedLinkTests
{
    private const string Precious = "not yours";

    private static readonly string Id = Engine.Storage.StateDirectory.IdOf("a.bin");

    public static TheoryData<string, bool> Places()
    {
        var places = new TheoryData<string, bool>();
        foreach (var place in (string[])[$"partial/{Id}.part", $"partial/{Id}.journal", "manifest.json", "manifest.json.tmp", $"locks/{Id[..2]}", "job.lock", "manifest.lock"])
        {
            places.Add(place, true);
            places.Add(place, false);
        }

        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_link_that_was_there_before_is_never_written_through(string place, bool exists)
    {
        await using var fixture = await StartAsync();
        Plant(fixture, place, exists);

        await SaveAndCheckAsync(fixture, place, exists, () => fixture.SaveAsync());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_link_that_is_planted_after_the_plan_is_never_written_through(string place, bool exists)
    {
        await using var fixture = await StartAsync();

        await SaveAndCheckAsync(fixture, place, exists, () => fixture.SaveAfterAsync(() => Plant(fixture, place, exists)));
    }

    [Theory]
    [InlineData("part")]
    [InlineData("journal")]
    public async Task A_link_in_the_place_of_what_could_be_resumed_is_not_resumed(string extension)
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        await fixture.StopAfterAsync("m/a.bin", parts: 1);
        // The very bytes that are recorded, elsewhere: every check would pass.
        var place = Path.Combine(fixture.StateDirectory, "partial", $"{Id}.{extension}");
        var victim = Path.Combine(fixture.Root, "victim");
        File.Move(place, victim);
        File.CreateSymbolicLink(place, victim);
        var before = await File.ReadAllBytesAsync(victim);

        (await fixture.SaveAsync()).AssertSucceeded();

        fixture.AssertHolds("a.bin", content);
        Assert.Null(new FileInfo(fixture.PathOf("a.bin")).LinkTarget);
        Assert.Equal(before, await File.ReadAllBytesAsync(victim));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_in_the_place_of_the_file_is_replaced_and_not_followed(bool exists)
    {
        await using var fixture = await StartAsync();
        var content = fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        var victim = Path.Combine(fixture.Root, "victim");
        if (exists)
            await File.WriteAllTextAsync(victim, Precious);

        var outcome = await fixture.SaveAfterAsync(() =>
        {
            Directory.CreateDirectory(fixture.Destination);
            File.CreateSymbolicLink(fixture.PathOf("a.bin"), victim);
        });

        outcome.AssertSucceeded();
        AssertUntouched(victim, exists);
        Assert.Null(new FileInfo(fixture.PathOf("a.bin")).LinkTarget);
        fixture.AssertHolds("a.bin", content);
    }

    [Fact]
    public async Task A_log_that_is_a_link_is_neither_read_nor_does_it_stop_a_job()
    {
        await using var fixture = await StartAsync();
        Plant(fixture, "completed/0123.jsonl", exists: true);
        File.CreateSymbolicLink(Path.Combine(fixture.StateDirectory, "completed", "endless.jsonl"), "/dev/zero");

        (await fixture.SaveAsync()).AssertSucceeded();

        AssertUntouched(Path.Combine(fixture.Root, "victim"), exists: true);
    }

    [Fact]
    public async Task The_modules_own_directory_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows inherits the rights of the destination.");
            return;
        }

        await using var fixture = await StartAsync();

        (await fixture.SaveAsync()).AssertSucceeded();

        foreach (var directory in (string[])["", "partial", "completed", "locks"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(fixture.StateDirectory, directory)));
    }

    private static async Task<EngineFixture> StartAsync()
    {
        var fixture = (await EngineFixture.StartAsync()).InSequence();
        fixture.Put("m/a.bin", 3 * MiB, etag: MultipartETag);
        return fixture;
    }

    private static void Plant(EngineFixture fixture, string place, bool exists)
    {
        var victim = Path.Combine(fixture.Root, "victim");
        if (exists)
            File.WriteAllText(victim, Precious);
        var link = Path.Combine(fixture.StateDirectory, place);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, victim);
    }

    private static async Task SaveAndCheckAsync(EngineFixture fixture, string place, bool exists, Func<Task<DownloadOutcome>> save)
    {
        var failure = await FailureOfAsync(save);

        AssertUntouched(Path.Combine(fixture.Root, "victim"), exists);
        if (failure is null)
            return;
        // A lock is shared by others and cannot just be replaced: the link has to go first.
        Assert.Contains("lock", place, StringComparison.Ordinal);
        Assert.Equal(ModelStoreErrorCode.UnsafePath, failure.Code);
        Assert.Contains(Path.Combine(fixture.StateDirectory, place), failure.Message, StringComparison.Ordinal);
        Assert.Contains("Remove the link", failure.Remedy, StringComparison.Ordinal);
        File.Delete(Path.Combine(fixture.StateDirectory, place));
        (await fixture.SaveAsync()).AssertSucceeded();
    }

    private static async Task<ModelStoreException?> FailureOfAsync(Func<Task<DownloadOutcome>> save)
    {
        try
        {
            return (await save()).Failures.SingleOrDefault();
        }
        catch (ModelStoreException error)
        {
            return error;
        }
    }

    private static void AssertUntouched(string victim, bool exists)
    {
        Assert.Equal(exists, File.Exists(victim));
        if (exists)
            Assert.Equal(Precious, File.ReadAllText(victim));
    }
}

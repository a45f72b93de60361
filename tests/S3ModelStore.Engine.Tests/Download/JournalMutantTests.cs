using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Tests.Storage;
using S3ModelStore.TestServer.Faults;
using Xunit;
using static S3ModelStore.Engine.Tests.Download.EngineFixtureExtensions;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>What a stopped download left, changed in any way: it may cost the progress, never the bytes.</summary>
public sealed class JournalMutantTests
{
    private const int PartSize = 64 * 1024;

    private static readonly string Id = Engine.Storage.StateDirectory.IdOf("a.bin");

    [Fact]
    public async Task No_mutant_of_a_journal_and_its_partial_file_makes_wrong_bytes()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = PartSize, MaxConcurrency = 1 };
        // An ETag that proves nothing: what keeps wrong bytes out is the journal alone.
        fixture.Put("m/a.bin", (8 * PartSize) - 7, etag: MultipartETag);
        await StopAfterPartsAsync(fixture, 5);
        var journal = await File.ReadAllBytesAsync(Path.Combine(fixture.StateDirectory, "partial", Id + ".journal"));
        var partial = await File.ReadAllBytesAsync(Path.Combine(fixture.StateDirectory, "partial", Id + ".part"));
        (await fixture.SaveAsync()).AssertSucceeded();
        var right = await File.ReadAllBytesAsync(fixture.PathOf("a.bin"));

        var mutator = new Mutator(5);
        var resumed = 0;
        for (var i = Mutator.Inputs(40, 2_000); i > 0; i--)
        {
            var mutant = mutator.Next(journal);
            if (!mutator.Chance(3))
                StateFuzzTests.Seal(mutant);
            var request = fixture.Request() with { Destination = Path.Combine(fixture.Root, "mutant") };
            var state = new Engine.Storage.StateDirectory(request.Destination);
            state.Create();
            await File.WriteAllBytesAsync(state.JournalPath(Id), mutant);
            await File.WriteAllBytesAsync(state.PartialPath(Id), mutator.Chance(2) ? partial : mutator.Next(partial));

            var outcome = await fixture.SaveAsync(request);

            if (outcome.Result.Success)
                Assert.True(File.ReadAllBytes(Path.Combine(request.Destination, "a.bin")).SequenceEqual(right), Convert.ToHexString(mutant));
            else
                Assert.False(File.Exists(Path.Combine(request.Destination, "a.bin")), outcome.Result.ErrorMessage);
            resumed += outcome.Result.BytesReused > 0 ? 1 : 0;
            (await fixture.SaveAsync(request)).AssertSucceeded();
            Directory.Delete(request.Destination, recursive: true);
        }

        Assert.NotEqual(0, resumed);
    }

    private static async Task StopAfterPartsAsync(EngineFixture fixture, int parts)
    {
        using var stop = new CancellationTokenSource();
        var gate = new Gate();
        var rule = fixture.Server.Faults.OnGet("m/a.bin").Skip(parts).Hold(gate);
        var saving = fixture.SaveAsync(fixture.Request(), new TransferMonitor(), stop.Token);
        await gate.Reached;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        fixture.Server.Faults.Remove(rule);
    }
}

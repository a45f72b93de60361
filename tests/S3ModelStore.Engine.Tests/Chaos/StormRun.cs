using System.Globalization;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer.Content;
using Xunit;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>One storm from beginning to end: a save in it, a save after it, and everything that must be so after each of them.</summary>
internal sealed class StormRun
{
    // A save that takes this long on a busy machine never ends.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private readonly Storm _storm;
    private readonly FastClock _clock = new(factor: 20);
    private readonly CollectedText _told = new();
    private readonly IReadOnlyList<ChaosFault> _faults;

    private StormRun(Storm storm, IReadOnlyList<ChaosFault> faults)
    {
        _storm = storm;
        _faults = faults;
    }

    private EngineFixture Fixture => _storm.Fixture;

    /// <summary>Runs the storm of this seed with this fault in the lead, and maybe one more.</summary>
    public static async Task<StormOutcome> RunAsync(int seed, ChaosFault lead)
    {
        var random = new Random(seed);
        List<ChaosFault> faults = [lead];
        // What else goes wrong happens to GETs, so that it does not keep the lead from happening.
        if (random.Next(2) == 0)
            faults.Add(TransferFaults.All[random.Next(TransferFaults.All.Count)]);
        await using var storm = await Storm.BrewAsync(seed, faults.Exists(fault => fault.NeedsProof));
        try
        {
            return await new StormRun(storm, faults).RunAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, {string.Join(" + ", faults.Select(fault => fault.Name))}: {e.Message}"), e);
        }
    }

    private async Task<StormOutcome> RunAsync()
    {
        _storm.Begin(_faults);
        var started = _clock.GetTimestamp();
        var errors = await SaveAsync();
        var took = _clock.GetElapsedTime(started);
        Assert.Subset(_faults.SelectMany(fault => fault.Errors).ToHashSet(), errors.ToHashSet());
        // Another fault may have ended the save before the leading one had its request.
        Assert.True(_storm.HasStruck || (_faults.Count > 1 && errors.Count > 0), "The fault did not happen.");
        AssertNothingWrongInPlace();

        await _storm.ClearAsync();
        Assert.Empty(await SaveAsync());
        AssertNothingWrongInPlace();
        AssertAllInPlace();
        AssertNoSecretTold();
        return new StormOutcome(_faults[0], errors, took, _storm.Server.Log.BytesSent - Keys().Sum(key => Find(key).Length));
    }

    /// <returns>The causes of failure; none when everything is in place.</returns>
    private async Task<IReadOnlyList<ModelStoreErrorCode>> SaveAsync()
    {
        using var bound = new CancellationTokenSource(Bound);
        List<ModelStoreErrorCode> errors = [];
        using (var store = new ModelStore(Fixture.Options, _clock))
        {
            try
            {
                var monitor = new TransferMonitor(_clock);
                var plan = await store.PlanAsync(Fixture.Request(), monitor, bound.Token);
                var (result, failures) = await store.DownloadAsync(plan, monitor, bound.Token);
                _told.Add(result);
                failures.ToList().ForEach(_told.Add);
                errors.AddRange(failures.Select(failure => failure.Code));
                errors.AddRange(result.Files.Select(file => file.ErrorCode).Where(code => code != ModelStoreErrorCode.None));
                Assert.Equal(errors.Count == 0, result.Success);
            }
            catch (ModelStoreException e)
            {
                _told.Add(e);
                errors.Add(e.Code);
            }
        }

        // The client has closed its sockets; the server hears of it in its own time.
        while (_storm.Server.Log.OpenConnections > 0)
            await Task.Delay(5, bound.Token);
        return [.. errors.Distinct()];
    }

    private void AssertNothingWrongInPlace()
    {
        Assert.Subset(new HashSet<string>(["model"], StringComparer.Ordinal), Directory.GetFileSystemEntries(Fixture.Root).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal));
        if (!Directory.Exists(Fixture.Destination))
            return;
        foreach (var path in Fixture.Files())
            Assert.True(_storm.WasEver("m/" + path.Replace('\\', '/'), File.ReadAllBytes(Fixture.PathOf(path))), $"{path} has bytes its object never had.");
        _told.AddFiles(Fixture.StateDirectory, except: ".part");
    }

    private void AssertAllInPlace()
    {
        foreach (var key in Keys())
            Fixture.AssertHolds(key["m/".Length..], Find(key));
        // What was begun of an object that is gone may be had again.
        foreach (var directory in _storm.LostAnObject ? (string[])["locks", "completed"] : ["partial", "locks", "completed"])
            Assert.Empty(Directory.GetFiles(Path.Combine(Fixture.StateDirectory, directory)));
    }

    private void AssertNoSecretTold()
    {
        _told.AssertHoldsNone(Storm.Secret, Storm.Token, _storm.Server.AccessKey);
        _told.AssertHoldsNoneOf([.. _storm.Server.Log.Entries.Select(entry => entry.Authorization!.Split("Signature=")[1])]);
    }

    private IReadOnlyList<string> Keys() => _storm.Server.Objects.Keys(EngineFixture.Bucket);

    private ObjectContent Find(string key) => _storm.Server.Objects.Find(EngineFixture.Bucket, key)!.Content;
}

using System.Diagnostics;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Crash;

/// <summary>One destination, filled by processes that are killed, and what it may cost in the end.</summary>
internal sealed class CrashRun : IDisposable
{
    private const int MiB = 1024 * 1024;
    private static readonly int[] Concurrencies = [1, 2, 4, 8];
    private static readonly int[] PartSizes = [MiB / 8, MiB / 4, MiB / 2, MiB, 1_500_000, 4 * MiB];

    private readonly S3TestServer _server;
    private readonly CrashModel _model;
    private readonly Action<string> _tell;
    private readonly TemporaryDirectory _directory = new();

    public CrashRun(S3TestServer server, CrashModel model, Action<string> tell)
    {
        _server = server;
        _model = model;
        _tell = tell;
        Directory.CreateDirectory(Destination);
    }

    /// <summary>Processes that were there to be killed.</summary>
    public int Killed { get; private set; }

    /// <summary>Bytes that may be asked for more than once, by what was in flight, taken over from slow requests, and damaged so far.</summary>
    public long Allowance { get; private set; }

    private string Destination => _directory["d"];

    /// <summary>Damages something or not, starts a process, kills it.</summary>
    public async Task RoundAsync(KillMoment moment, Random random)
    {
        var done = Hurt(random);
        var concurrency = Concurrencies[random.Next(Concurrencies.Length)];
        var partSize = PartSizes[random.Next(PartSizes.Length)];
        // Slow enough to be killed in the middle, quick enough to get somewhere; who is to be killed at the end has to get there.
        _server.BytesPerSecondPerConnection = moment.IsAtTheFinish ? null : 3 * MiB;
        var before = _server.Log.Entries.Count;

        var killed = await SaveAndKillAsync(moment, concurrency, partSize);

        // What a worker had in hand is lost: at the finish nothing, before it no more than one of the parts that were asked for.
        var asked = new AskedBytes(_server.Log.Entries.Skip(before), _model.Versions);
        var lost = killed && !moment.IsAtTheFinish ? asked.Longest(concurrency) : 0;
        Allowance += lost + asked.TakenOver;
        Killed += killed ? 1 : 0;
        _tell($"{concurrency} parts of {partSize}, until {DateTimeOffset.UtcNow:mm:ss.fff}, {(killed ? "killed" : "not killed")} {moment}: {lost} bytes in flight, {asked.TakenOver} taken over; {done}");
        AssertNothingIsWrong();
    }

    /// <summary>A save that nobody disturbs, and everything that has to hold after it.</summary>
    public async Task FinishAsync(Random random)
    {
        _server.BytesPerSecondPerConnection = null;
        var before = _server.Log.Entries.Count;
        using var last = Start(concurrency: 4, PartSizes[random.Next(PartSizes.Length)]);
        var errors = last.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = last.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(last.ExitCode == 0, await output + await errors);

        Assert.All(_model.Current, stored => Assert.True(IsInPlace(stored), $"{stored.Key} is not what the store has."));
        string[] state = [".s3modelstore/job.lock", ".s3modelstore/manifest.json", ".s3modelstore/manifest.lock"];
        Assert.Equal(
            state.Concat(_model.Current.Select(stored => stored.Key["m/".Length..])).Select(path => "d/" + path).Order(StringComparer.Ordinal),
            _directory.Files);

        Allowance += new AskedBytes(_server.Log.Entries.Skip(before), _model.Versions).TakenOver;
        var asked = new AskedBytes(_server.Log.Entries, _model.Versions);
        Assert.All(_model.Current, stored => Assert.True(asked.IsWhole(stored), $"{stored.Key} is there and was not fetched."));
        _tell($"{Killed} killed; {asked.Again} bytes were asked for again, {Allowance} could have been");
        if (asked.Again > Allowance)
            _tell(string.Join('\n', _server.Log.Entries.Where(entry => entry.Operation == S3Operation.GetObject).Select(entry => $"{entry.Time:mm:ss.fff} {entry.Key} {entry.IfMatch} {entry.Range}")));
        Assert.InRange(asked.Again, 0, Allowance);
    }

    public void Dispose() => _directory.Dispose();

    private string Hurt(Random random)
    {
        var done = new List<string>();
        // When nothing is left to do there would be nothing to interrupt.
        if (random.Next(4) == 0 || _model.Current.All(IsInPlace))
        {
            var replaced = _model.Replace(random);
            done.Add(replaced.Count > 4 ? $"replaced {replaced.Count} objects" : "replaced " + string.Join(", ", replaced));
        }

        for (var count = random.Next(3); count > 0; count--)
        {
            if (new Damage(Destination, _model, IsInPlace, random).Do() is not { } damage)
                continue;
            Allowance += damage.Cost;
            done.Add($"{damage.What} ({damage.Cost} bytes)");
        }

        return done.Count == 0 ? "nothing was damaged" : string.Join("; ", done);
    }

    // Whatever was killed and damaged: what has its final name is some version of the object, and not a part or a mixture of them.
    private void AssertNothingIsWrong()
    {
        foreach (var path in _directory.Files.Where(path => !path.StartsWith("d/.s3modelstore/", StringComparison.Ordinal)))
        {
            var digest = DigestOf(_directory[path]);
            Assert.True(
                _model.Versions.Any(version => "d/" + version.Key["m/".Length..] == path && _model.DigestOf(version) == digest),
                $"{path} is no version of its object.");
        }
    }

    private bool IsInPlace(StoredObject stored)
        => Path.Combine(Destination, stored.Key["m/".Length..]) is var path && File.Exists(path) && DigestOf(path) == _model.DigestOf(stored);

    private static string DigestOf(string path) => ContentHash.Sha256Hex(ObjectContent.FromBytes(File.ReadAllBytes(path)));

    /// <returns>Whether the process was still there.</returns>
    private async Task<bool> SaveAndKillAsync(KillMoment moment, int concurrency, int partSize)
    {
        using var changes = new DiskChanges(Destination, moment);
        var before = _server.Log.RequestsOf(S3Operation.GetObject);
        using var process = Start(concurrency, partSize);
        var exited = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (moment.Delay >= 0)
        {
            while (_server.Log.RequestsOf(S3Operation.GetObject) == before && !exited.IsCompleted)
                await Task.Delay(2, TestContext.Current.CancellationToken);
            await Task.WhenAny(exited, Task.Delay(moment.Delay, TestContext.Current.CancellationToken));
        }
        else
        {
            await Task.WhenAny(exited, changes.Reached);
        }

        process.Kill();
        await exited;
        // 128 and the number of SIGKILL: it was killed, and did not end by itself at this very moment.
        return process.ExitCode == 137;
    }

    private Process Start(int concurrency, int partSize)
        => PlaygroundProcess.Start(
            $"Save-S3Model {CrashModel.Uri} '{Destination}' -PartSize {partSize} -MaxConcurrency {concurrency} -EndpointUrl {_server.Endpoint} -ErrorAction Stop",
            new() { ["AWS_ACCESS_KEY_ID"] = _server.AccessKey, ["AWS_SECRET_ACCESS_KEY"] = _server.SecretKey });
}

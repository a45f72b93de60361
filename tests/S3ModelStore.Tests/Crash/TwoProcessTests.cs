using System.Diagnostics;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Crash;

/// <summary>The module in a process of its own, killed without a word, twenty times, wherever it happens to be.</summary>
public sealed class KillTests
{
    private const int Rounds = 20;
    private const int MiB = 1024 * 1024;
    private const int Concurrency = 4;
    private const string MultipartETag = "0123456789abcdef0123456789abcdef-9";

    [Fact]
    public async Task Twenty_kills_cost_no_more_than_the_parts_in_flight()
    {
        // A fixed seed says which moments were aimed at; where the process is by then is up to the machine.
        var random = new Random(20_26);
        await using var server = await S3TestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var model = PutModel(server);

        var killed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            // Slow enough to be killed in the middle, quick enough to get somewhere.
            server.BytesPerSecondPerConnection = 4 * MiB;
            killed += await SaveAndKillAsync(server, directory["d"], random) ? 1 : 0;
        }

        server.BytesPerSecondPerConnection = null;
        using var last = StartSave(server, directory["d"]);
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, last.ExitCode);

        Assert.True(killed >= Rounds / 2, $"Only {killed} of {Rounds} processes were there to be killed.");
        await AssertHoldsAsync(directory, model);
        var asked = server.Log.Entries.Where(entry => entry.Operation == S3Operation.GetObject).Sum(entry => Asked(entry.Range, model.Single(stored => stored.Key == entry.Key).Size));
        Assert.InRange(asked, model.Sum(stored => stored.Size), model.Sum(stored => stored.Size) + ((long)killed * Concurrency * MiB));
    }

    [Fact]
    public async Task Two_processes_on_one_destination_fetch_every_file_once()
    {
        await using var server = await S3TestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var model = PutModel(server);
        server.BytesPerSecondPerConnection = 8 * MiB;

        using var one = StartSave(server, directory["d"]);
        using var other = StartSave(server, directory["d"]);
        await Task.WhenAll(one.WaitForExitAsync(TestContext.Current.CancellationToken), other.WaitForExitAsync(TestContext.Current.CancellationToken));

        Assert.Equal((0, 0), (one.ExitCode, other.ExitCode));
        Assert.Equal(model.Sum(stored => stored.Size), server.Log.Entries.Where(entry => entry.Operation == S3Operation.GetObject).Sum(entry => entry.BytesSent));
        await AssertHoldsAsync(directory, model);
    }

    private static async Task AssertHoldsAsync(TemporaryDirectory directory, List<StoredObject> model)
    {
        foreach (var stored in model)
        {
            var file = await File.ReadAllBytesAsync(directory["d/" + stored.Key[2..]], TestContext.Current.CancellationToken);
            Assert.Equal(ContentHash.Sha256Hex(stored.Content), ContentHash.Sha256Hex(ObjectContent.FromBytes(file)));
        }

        Assert.Equal(model.Count, directory.Files.Count(file => !file.Contains(".s3modelstore/", StringComparison.Ordinal)));
    }

    private static List<StoredObject> PutModel(S3TestServer server)
    {
        var model = new List<StoredObject>
        {
            server.Objects.Put("b", "m/model-00001.safetensors", ObjectContent.Generated((40 * MiB) + 12345, 1), new PutOptions { ETag = MultipartETag }),
            server.Objects.Put("b", "m/model-00002.safetensors", ObjectContent.Generated(17 * MiB, 2)),
        };
        for (var i = 0; i < 60; i++)
            model.Add(server.Objects.Put("b", $"m/small/{i}.json", ObjectContent.Generated(20_000 + i, i)));
        return model;
    }

    /// <returns>Whether the process was still at it.</returns>
    private static async Task<bool> SaveAndKillAsync(S3TestServer server, string destination, Random random)
    {
        var before = server.Log.RequestsOf(S3Operation.GetObject);
        using var process = StartSave(server, destination);
        while (server.Log.RequestsOf(S3Operation.GetObject) == before && !process.HasExited)
            await Task.Delay(2, TestContext.Current.CancellationToken);
        await Task.Delay(random.Next(0, 400), TestContext.Current.CancellationToken);
        var alive = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return alive;
    }

    private static Process StartSave(S3TestServer server, string destination)
        => PlaygroundProcess.Start(
            $"Save-S3Model s3://b/m '{destination}' -PartSize 1MB -MaxConcurrency {Concurrency} -EndpointUrl {server.Endpoint} -ErrorAction Stop",
            new() { ["AWS_ACCESS_KEY_ID"] = server.AccessKey, ["AWS_SECRET_ACCESS_KEY"] = server.SecretKey });

    private static long Asked(ByteRange? range, long size) => range is { First: { } first, Last: { } last } ? last - first + 1 : size;
}

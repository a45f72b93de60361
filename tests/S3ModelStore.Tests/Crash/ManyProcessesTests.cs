using System.Diagnostics;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Crash;

/// <summary>Processes that fill one destination together, of which some die.</summary>
public sealed class ManyProcessesTests
{
    private const int MiB = 1024 * 1024;
    private const string MultipartETag = "0123456789abcdef0123456789abcdef-9";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_killed_at_random_costs_the_others_nothing()
    {
        // Says which process is killed after how many requests; where it is by then is up to the machine.
        var random = new Random(20_27);
        await using var server = await S3TestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var model = PutModel(server);
        server.BytesPerSecondPerConnection = 8 * MiB;

        using var survivor = StartSave(server, directory["d"]);
        for (var round = 0; round < 4; round++)
            await Task.WhenAll(SaveAndKillAsync(server, directory["d"], random.Next(1, 30)), SaveAndKillAsync(server, directory["d"], random.Next(1, 30)));
        await survivor.WaitForExitAsync(Cancellation);

        Assert.Equal(0, survivor.ExitCode);
        await AssertHoldsAsync(directory, model);
    }

    [Fact]
    public async Task The_lock_of_a_dead_process_holds_nobody_up()
    {
        await using var server = await S3TestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var content = ObjectContent.Generated(3 * MiB, 1);
        var stored = server.Objects.Put("b", "m/w.bin", content, new PutOptions { ETag = MultipartETag });
        var gate = new Gate();
        server.Faults.OnGet().Nth(2).HoldMidBody(gate, 100_000);

        using (var first = StartSave(server, directory["d"]))
        {
            await gate.Reached.WaitAsync(Cancellation);
            using var second = StartSave(server, directory["d"]);
            // The second process waits for the file that the first one holds, and gets it when that dies.
            while (server.Log.RequestsOf(S3Operation.ListObjects) < 2)
                await Task.Delay(5, Cancellation);
            Assert.False(second.HasExited);
            first.Kill();
            await second.WaitForExitAsync(Cancellation);
            Assert.Equal(0, second.ExitCode);
        }

        await AssertHoldsAsync(directory, [stored]);
    }

    /// <param name="parts">One part leaves no journal for the second process to go on from: it begins anew, in the same partial file.</param>
    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public async Task Without_locks_a_file_is_fetched_twice_and_never_wrong(int parts)
    {
        // As on volumes whose locks do nothing: the runtime's own switch for them.
        var lockless = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" };
        await using var server = await S3TestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var stored = server.Objects.Put("b", "m/w.bin", ObjectContent.Generated(parts * MiB, 1), new PutOptions { ETag = MultipartETag });
        var (ofFirst, ofSecond) = (new Gate(), new Gate());
        server.Faults.OnGet().Nth(parts).HoldMidBody(ofFirst, 900_000);
        server.Faults.OnGet().HoldMidBody(ofSecond, 1000);

        // The first process has nearly all when the second one begins; then it ends, with the second one in the middle.
        using var first = StartSave(server, directory["d"], concurrency: 1, lockless);
        await ofFirst.Reached.WaitAsync(Cancellation);
        using var second = StartSave(server, directory["d"], concurrency: 1, lockless);
        await ofSecond.Reached.WaitAsync(Cancellation);
        ofFirst.Release();
        await first.WaitForExitAsync(Cancellation);
        await AssertHoldsAsync(directory, [stored]);
        Assert.Equal(0, first.ExitCode);

        ofSecond.Release();
        await second.WaitForExitAsync(Cancellation);
        await AssertHoldsAsync(directory, [stored]);
        using var last = StartSave(server, directory["d"], concurrency: 1, lockless);
        await last.WaitForExitAsync(Cancellation);
        Assert.Equal(0, last.ExitCode);
        await AssertHoldsAsync(directory, [stored]);
    }

    private static List<StoredObject> PutModel(S3TestServer server)
    {
        var model = new List<StoredObject> { server.Objects.Put("b", "m/model-00001.safetensors", ObjectContent.Generated((24 * MiB) + 12345, 1), new PutOptions { ETag = MultipartETag }) };
        for (var i = 0; i < 80; i++)
            model.Add(server.Objects.Put("b", $"m/small/{i}.json", ObjectContent.Generated(100_000 + i, i)));
        return model;
    }

    private static async Task SaveAndKillAsync(S3TestServer server, string destination, int requests)
    {
        var until = server.Log.Requests + requests;
        using var process = StartSave(server, destination);
        while (server.Log.Requests < until && !process.HasExited)
            await Task.Delay(2, Cancellation);
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
    }

    private static Process StartSave(S3TestServer server, string destination, int concurrency = 4, Dictionary<string, string>? environment = null)
        => PlaygroundProcess.Start(
            $"Save-S3Model s3://b/m '{destination}' -PartSize 1MB -MaxConcurrency {concurrency} -EndpointUrl {server.Endpoint} -ErrorAction Stop",
            new(environment ?? [], StringComparer.Ordinal) { ["AWS_ACCESS_KEY_ID"] = server.AccessKey, ["AWS_SECRET_ACCESS_KEY"] = server.SecretKey });

    private static async Task AssertHoldsAsync(TemporaryDirectory directory, List<StoredObject> model)
    {
        foreach (var stored in model)
        {
            var file = await File.ReadAllBytesAsync(directory["d/" + stored.Key[2..]], Cancellation);
            Assert.Equal(ContentHash.Sha256Hex(stored.Content), ContentHash.Sha256Hex(ObjectContent.FromBytes(file)));
        }

        Assert.Equal(model.Count, directory.Files.Count(file => !file.Contains(".s3modelstore/", StringComparison.Ordinal)));
    }
}

using System.Diagnostics;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Crash;

/// <summary>The module in two processes of their own, at one destination.</summary>
public sealed class TwoProcessTests
{
    private const int MiB = 1024 * 1024;
    private const int Concurrency = 4;
    private const string MultipartETag = "0123456789abcdef0123456789abcdef-9";

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

    private static Process StartSave(S3TestServer server, string destination)
        => PlaygroundProcess.Start(
            $"Save-S3Model s3://b/m '{destination}' -PartSize 1MB -MaxConcurrency {Concurrency} -EndpointUrl {server.Endpoint} -ErrorAction Stop",
            new() { ["AWS_ACCESS_KEY_ID"] = server.AccessKey, ["AWS_SECRET_ACCESS_KEY"] = server.SecretKey });
}

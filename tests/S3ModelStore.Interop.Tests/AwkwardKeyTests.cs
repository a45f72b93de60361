using System.Text;
using Amazon.S3;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Selection;

namespace S3ModelStore.Interop.Tests;

/// <summary>Keys are literal text, from the listing through the signature to the file.</summary>
public sealed class AwkwardKeyTests(RealServer server)
{
    private static readonly Comparer<string> ByteOrder
        = Comparer<string>.Create((x, y) => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Awkward_keys_are_listed_as_they_are_and_in_the_order_of_their_bytes()
    {
        server.Require();
        var keys = await UploadAsync("awkward-list");
        using var store = server.OpenStore();

        var listed = await store.ListAsync(server.Uri("awkward-list"), ModelFilter.All, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(keys.Order(ByteOrder), listed.Select(item => item.Key));
    }

    [Fact]
    public async Task Awkward_keys_are_saved_with_their_own_bytes()
    {
        server.Require();
        var keys = await UploadAsync("awkward-save");
        using var destination = new TempDirectory();
        using var store = server.OpenStore();
        var monitor = new TransferMonitor();

        var request = new DownloadRequest { Source = server.Uri("awkward-save"), Destination = destination.Path, NamePolicy = NamePolicy.Escape };
        var plan = await store.PlanAsync(request, monitor, Cancellation);
        var outcome = await store.DownloadAsync(plan, monitor, Cancellation);

        Assert.True(outcome.Result.Success, outcome.Result.ErrorMessage);
        var files = outcome.Result.Files.ToDictionary(file => file.Uri, file => file.Path, StringComparer.Ordinal);
        Assert.Equal(keys.Count, files.Count);
        foreach (var key in keys)
            Assert.Equal(key, await File.ReadAllTextAsync(files[server.Uri(key).ToString()], Cancellation));
    }

    // Servers differ in which of the oddest keys they take; those that one refuses cannot be asked for there.
    private async Task<List<string>> UploadAsync(string folder)
    {
        var accepted = new List<string>();
        foreach (var key in AwkwardKeys.All.Select(name => $"{folder}/{name}"))
        {
            try
            {
                await Upload.NamedObjectsAsync(server, [key], Cancellation);
                accepted.Add(key);
            }
            catch (AmazonS3Exception refused)
            {
                TestContext.Current.SendDiagnosticMessage("The server refuses the key '{0}': {1}", key, refused.Message);
            }
        }

        Assert.True(accepted.Count > AwkwardKeys.All.Count / 2, "The server refuses most of the keys.");
        return accepted;
    }
}

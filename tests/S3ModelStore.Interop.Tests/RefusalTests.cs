using S3ModelStore.Engine;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Interop.Tests;

/// <summary>What a real server refuses comes out as the one cause that fits it, and with nothing secret.</summary>
public sealed class RefusalTests(RealServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_secret_is_InvalidCredentials()
    {
        server.Require();
        const string secret = "not-the-secret-of-this-key";

        await AssertRefusedAsync(server.Options with { SecretAccessKey = secret }, server.Bucket, ModelStoreErrorCode.InvalidCredentials, secret);
    }

    [Fact]
    public async Task An_unknown_key_id_is_InvalidCredentials()
    {
        server.Require();

        await AssertRefusedAsync(
            server.Options with { AccessKeyId = "NOBODYSKEYID" }, server.Bucket, ModelStoreErrorCode.InvalidCredentials, server.SecretAccessKey);
    }

    [Fact]
    public async Task A_missing_bucket_is_BucketNotFound()
    {
        server.Require();

        await AssertRefusedAsync(server.Options, server.Bucket + "-missing", ModelStoreErrorCode.BucketNotFound, server.SecretAccessKey);
    }

    [Fact]
    public async Task A_missing_prefix_is_NoMatch_and_leaves_no_directory()
    {
        server.Require();
        using var destination = new TempDirectory();
        using var store = server.OpenStore();

        var error = await Assert.ThrowsAsync<ModelStoreException>(
            () => store.SaveAsync(server.Uri("nothing-here"), destination.Path, Cancellation));

        Assert.Equal(ModelStoreErrorCode.NoMatch, error.Code);
        Assert.False(Directory.Exists(destination.Path));
    }

    // Listing, probing and planning meet the server by different requests; the cause has to be the same.
    private static async Task AssertRefusedAsync(S3ModelStoreOptions options, string bucket, ModelStoreErrorCode code, string secret)
    {
        var source = S3ModelUri.ForKey(bucket, "some/model");
        using var store = new ModelStore(options);

        var listing = await Assert.ThrowsAsync<ModelStoreException>(
            async () => await store.ListAsync(source, ModelFilter.All, Cancellation).ToListAsync(Cancellation));
        var planning = await Assert.ThrowsAsync<ModelStoreException>(
            () => store.PlanAsync(new DownloadRequest { Source = source }, monitor: null, Cancellation));
        var status = await store.ProbeAsync(source, ModelFilter.All, Cancellation);

        Assert.Equal(code, listing.Code);
        Assert.Equal(code, planning.Code);
        Assert.Equal(code, status.Reason);
        Assert.False(status.Available);
        foreach (var text in (string[])[listing.ToString(), planning.ToString(), status.ToString()])
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }
}

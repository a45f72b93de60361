using System.Text;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Selection;

namespace S3ModelStore.Interop.Tests;

public sealed class ListingTests(RealServer server)
{
    // More than two pages of the 1,000 keys that a server gives at once.
    private const int ManyKeys = 2_500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listing_2500_keys_gives_each_of_them_once_and_in_order()
    {
        server.Require();
        var keys = Enumerable.Range(0, ManyKeys).Select(i => $"many/shards/part-{i:D5}.bin").ToArray();
        await Upload.NamedObjectsAsync(server, keys, Cancellation);

        var listed = await ListAsync("many");

        Assert.Equal(keys, listed.Select(item => item.Key));
        Assert.All(listed, item =>
        {
            Assert.Equal(server.Bucket, item.Bucket);
            Assert.Equal($"s3://{server.Bucket}/{item.Key}", item.Uri);
            Assert.Equal(item.Key["many/".Length..], item.RelativePath);
            Assert.Equal(Encoding.UTF8.GetByteCount(item.Key), item.Size);
            Assert.Matches("^[0-9a-f]{32}$", item.ETag);
        });
    }

    [Fact]
    public async Task A_prefix_names_what_is_below_it_and_not_its_neighbours()
    {
        server.Require();
        await Upload.NamedObjectsAsync(server, ["near/llm/config.json", "near/llm-v2/config.json", "near/llm.json"], Cancellation);

        var listed = await ListAsync("near/llm");

        Assert.Equal(["near/llm/config.json"], listed.Select(item => item.Key));
    }

    [Theory]
    [InlineData("one/gguf/model.gguf", "model.gguf")]
    [InlineData("one/a b/50% + ü#?.gguf", "50% + ü#?.gguf")]
    public async Task A_single_key_is_one_object_with_its_last_segment_as_path(string key, string name)
    {
        server.Require();
        await Upload.NamedObjectsAsync(server, [key], Cancellation);

        var item = Assert.Single(await ListAsync(key));

        Assert.Equal(key, item.Key);
        Assert.Equal(name, item.RelativePath);
    }

    [Fact]
    public async Task A_missing_prefix_lists_nothing()
    {
        server.Require();

        Assert.Empty(await ListAsync("nothing-here"));
    }

    private async Task<List<S3ModelObject>> ListAsync(string key)
    {
        using var store = server.OpenStore();
        return await store.ListAsync(server.Uri(key), ModelFilter.All, Cancellation).ToListAsync(Cancellation);
    }
}

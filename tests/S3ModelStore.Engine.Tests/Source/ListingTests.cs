using System.Globalization;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source;

/// <summary>What a source is made of.</summary>
public sealed class ListingTests
{
    private static readonly string[] AwkwardKeys =
    [
        "m/a b+c%20d%2Fe.bin",
        "m/hash#and?question&equals=.bin",
        "m/\"quoted\" <tag> 'apostrophe' \\backslash",
        "m/ünï/ключ/日本語/🤗.safetensors",
        "m/control\u0001\u001f\u007f\t\n\r.bin",
        "m/a//b",
        "m//leading",
        "m/a/../b",
        "m/./c",
        "m/%",
        "m/+",
        "m/ ",
        "m/..hidden..",
        "m/~tilde*(paren)!",
    ];

    [Fact]
    public async Task Thousands_of_keys_come_in_pages()
    {
        await using var fixture = await EngineFixture.StartAsync();
        for (var i = 0; i < 2500; i++)
            fixture.Put(string.Create(CultureInfo.InvariantCulture, $"m/{i:D5}.bin"), 10 + i);

        var found = await fixture.ListAsync("s3://models/m");

        Assert.Equal(Enumerable.Range(0, 2500).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i:D5}.bin")), found.Select(item => item.RelativePath));
        Assert.Equal(2500 * 10L + (2499 * 2500 / 2), found.Sum(item => item.Size));
        Assert.Equal(3, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task A_page_is_read_to_its_end_however_long_it_is()
    {
        await using var fixture = await EngineFixture.StartAsync();
        // Each letter takes six bytes once it is encoded: a page of 3 MB.
        for (var i = 0; i < 1000; i++)
            fixture.Put(string.Create(CultureInfo.InvariantCulture, $"m/{i:D5}/{new string('é', 450)}"), i);

        var found = await fixture.ListAsync("s3://models/m");

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i:D5}/{new string('é', 450)}")), found.Select(item => item.RelativePath));
        Assert.Equal(1000 * 999L / 2, found.Sum(item => item.Size));
        Assert.Equal(1, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task An_object_is_told_as_the_store_knows_it()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var modified = new DateTimeOffset(2025, 3, 4, 5, 6, 7, TimeSpan.Zero);
        var content = ObjectContent.Generated(123, 1);
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/sub/a.bin", content, new() { LastModified = modified, StorageClass = "STANDARD_IA" });

        var found = Assert.Single(await fixture.ListAsync("s3://models/m"));

        Assert.Equal("s3://models/m/sub/a.bin", found.Uri);
        Assert.Equal("models", found.Bucket);
        Assert.Equal("m/sub/a.bin", found.Key);
        Assert.Equal("sub/a.bin", found.RelativePath);
        Assert.Equal(123, found.Size);
        Assert.Equal(ContentHash.Md5Hex(content), found.ETag);
        Assert.Equal(modified, found.LastModified);
        Assert.Equal("STANDARD_IA", found.StorageClass);
    }

    [Theory]
    [InlineData(ListingEncoding.Aws, false)]
    [InlineData(ListingEncoding.Ceph, false)]
    [InlineData(ListingEncoding.Ceph, true)]
    public async Task Keys_of_every_kind_survive(ListingEncoding encoding, bool rawTokens)
    {
        var options = new S3TestServerOptions { ListingEncoding = encoding, MaxKeysPerPage = 3, UseRawContinuationTokens = rawTokens };
        await using var fixture = await EngineFixture.StartAsync(options);
        // A raw token stands unencoded in the document, where XML has no way to write control characters.
        var keys = AwkwardKeys.Where(key => !rawTokens || !key.Contains('\u0001', StringComparison.Ordinal)).ToList();
        foreach (var key in keys)
            fixture.Put(key, 100);

        var found = await fixture.ListAsync("s3://models/m");

        Assert.Equal(keys.Order(StringComparer.Ordinal), found.Select(item => item.Key).Order(StringComparer.Ordinal));
        Assert.All(found, item => Assert.Equal(item.Key["m/".Length..], item.RelativePath));
    }

    [Fact]
    public async Task A_store_that_does_not_encode_keys_is_understood_too()
    {
        await using var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { ListingEncoding = ListingEncoding.Ignored });
        string[] keys = ["m/a b+c%20d%2Fe.bin", "m/a<b>&c", "m/日本語", "m/%", "m/+"];
        foreach (var key in keys)
            fixture.Put(key, 100);

        var found = await fixture.ListAsync("s3://models/m");

        Assert.Equal(keys.Order(StringComparer.Ordinal), found.Select(item => item.Key).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string> Awkward => [.. AwkwardKeys];

    [Theory]
    [MemberData(nameof(Awkward))]
    public async Task A_single_object_of_any_name_is_found_and_read(string key)
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put(key, 100);
        fixture.Server.Objects.Policy(EngineFixture.Bucket).DenyList = true;

        var found = Assert.Single(await fixture.ListAsync("s3://models/" + key));

        Assert.Equal(key, found.Key);
        Assert.Equal(key[(key.LastIndexOf('/') + 1)..], found.RelativePath);
        Assert.True((await fixture.ProbeAsync("s3://models/" + key)).CanRead);
    }

    [Fact]
    public async Task A_prefix_ends_at_its_slash()
    {
        await using var fixture = await EngineFixture.StartAsync();
        foreach (var key in (string[])["llm-v2/a", "llm.txt", "llm/a", "llm/b/c", "llmx", "other/llm/a"])
            fixture.Put(key, 10);

        Assert.Equal(["llm/a", "llm/b/c"], await KeysAsync(fixture, "s3://models/llm"));
        Assert.Equal(["llm/a", "llm/b/c"], await KeysAsync(fixture, "s3://models/llm/"));
        Assert.Equal(["llm.txt"], await KeysAsync(fixture, "s3://models/llm.txt"));
        Assert.Empty(await KeysAsync(fixture, "s3://models/ll"));
        Assert.Empty(await KeysAsync(fixture, "s3://models/llm.txt/"));
    }

    [Fact]
    public async Task What_is_below_a_name_comes_before_the_object_of_that_name()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("llm", 10);
        fixture.Put("llm/a", 10);

        Assert.Equal(["llm/a"], await KeysAsync(fixture, "s3://models/llm"));
        fixture.Server.Objects.Remove(EngineFixture.Bucket, "llm/a");
        Assert.Equal(["llm"], await KeysAsync(fixture, "s3://models/llm"));
    }

    [Fact]
    public async Task A_bucket_is_everything_in_it_with_keys_as_paths()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("a", 10);
        fixture.Put("b/c", 10);

        var found = await fixture.ListAsync("s3://models");

        Assert.Equal(["a", "b/c"], found.Select(item => item.RelativePath));
        Assert.Equal(["a", "b/c"], (await fixture.ListAsync("s3://models/")).Select(item => item.RelativePath));
    }

    [Fact]
    public async Task Directory_markers_are_no_objects_and_full_ones_are()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/", ObjectContent.Empty);
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/sub/", ObjectContent.Empty);
        fixture.Put("m/sub/a", 10);
        fixture.Put("m/full/", 10);

        Assert.Equal(["m/full/", "m/sub/a"], await KeysAsync(fixture, "s3://models/m"));
    }

    [Fact]
    public async Task A_page_that_breaks_off_is_asked_for_again()
    {
        await using var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { MaxKeysPerPage = 2 });
        for (var i = 0; i < 5; i++)
            fixture.Put($"m/{i}", 10);
        fixture.Server.Faults.OnList().Skip(1).Truncate(200);
        fixture.Server.Faults.OnList().When(IsSecondPage).Status(503);
        fixture.Server.Faults.OnList().When(IsSecondPage).GarbageXml();

        Assert.Equal(5, (await fixture.ListAsync("s3://models/m")).Count);
        Assert.Equal(6, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task Objects_of_a_page_are_seen_before_the_next_page_is_answered()
    {
        await using var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { MaxKeysPerPage = 2 });
        for (var i = 0; i < 5; i++)
            fixture.Put($"m/{i}", 10);
        var gate = new Gate();
        fixture.Server.Faults.OnList().Skip(1).Hold(gate);
        using var store = new ModelStore(fixture.Options);
        var found = store.ListAsync(S3ModelUri.Parse("s3://models/m"), ModelFilter.All, CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await found.MoveNextAsync());
        Assert.True(await found.MoveNextAsync());
        Assert.Equal("m/1", found.Current.Key);
        var third = found.MoveNextAsync();
        await gate.Reached;
        Assert.False(third.IsCompleted);
        gate.Release();
        Assert.True(await third);
        Assert.Equal("m/2", found.Current.Key);
        await found.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_has_seen_enough_leaves_no_request_behind()
    {
        await using var fixture = await EngineFixture.StartAsync(new S3TestServerOptions { MaxKeysPerPage = 2 });
        for (var i = 0; i < 5; i++)
            fixture.Put($"m/{i}", 10);
        fixture.Options = fixture.Options with { IdleTimeout = TimeSpan.FromHours(1) };
        var rule = fixture.Server.Faults.OnList().Skip(1).StallBeforeHeaders();
        using var store = new ModelStore(fixture.Options);

        await foreach (var _ in store.ListAsync(S3ModelUri.Parse("s3://models/m"), ModelFilter.All, CancellationToken.None))
        {
            await rule.Applied;
            break;
        }

        // The server hears of it a moment later.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        while (fixture.Server.Log.ConcurrentRequests > 0)
            await Task.Delay(1, patience.Token);
        Assert.Equal(2, fixture.Server.Log.Requests);
    }

    private static bool IsSecondPage(S3Request request) => request.QueryValue("continuation-token") is not null;

    private static async Task<IEnumerable<string>> KeysAsync(EngineFixture fixture, string source)
        => (await fixture.ListAsync(source)).Select(item => item.Key);
}

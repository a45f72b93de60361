using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using Xunit;

namespace S3ModelStore.Engine.Tests.Verification;

/// <summary>Uploads may have parts of any size, as copies of several objects into one do. Equal parts are a guess, also when the first one was told.</summary>
public sealed class UnequalPartsTests
{
    private const string Key = "m/w.bin";

    public static TheoryData<long, long, long, int?> Cases() => new()
    {
        // As many equal parts of the first one's size would make the object too.
        { 800_000, 600_000, 800_000, null },
        { 800_000, 600_000, 800_000, 64 * 1024 },
        // No equal parts would.
        { 500_000, 800_000, 800_000, null },
        { 500_000, 800_000, 800_000, 64 * 1024 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task They_prove_the_file_as_equal_ones_do(long first, long second, long third, int? partSize)
    {
        await using var fixture = await StartAsync([first, second, third], partSize);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.Equal(VerificationLevel.Composite, outcome.File("w.bin").Verification);
        Assert.EndsWith("-3", outcome.File("w.bin").Checksum, StringComparison.Ordinal);
        Assert.Equal(first + second + third, outcome.Result.BytesDownloaded);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_flipped_byte_is_caught_in_them_too(long first, long second, long third, int? partSize)
    {
        await using var fixture = await StartAsync([first, second, third], partSize);
        fixture.Server.Faults.OnGet(Key).Always().Covering(700_000).FlipByte(10);

        var outcome = await fixture.SaveAsync();

        outcome.OnlyFailure(ModelStoreErrorCode.ChecksumMismatch);
        Assert.Empty(fixture.Files());
    }

    private static async Task<EngineFixture> StartAsync(long[] sizes, int? partSize)
    {
        var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { PartSize = partSize };
        fixture.Server.Objects.Put(EngineFixture.Bucket, Key, ObjectContent.Generated(sizes.Sum(), 1), new PutOptions { MultipartPartSizes = sizes });
        return fixture;
    }
}

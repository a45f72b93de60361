using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.Engine.Verification;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Protocol;
using Xunit;
using static S3ModelStore.Engine.Model.VerificationLevel;
using static S3ModelStore.Engine.Tests.Verification.ETagKind;
using static S3ModelStore.Engine.Tests.Verification.StoredEvidence;

namespace S3ModelStore.Engine.Tests.Verification;

/// <summary>Which level a file reaches by what the store keeps with it, and what the result says of its bytes.</summary>
public sealed class LevelTests
{
    private const int UploadPart = 5 * 1024 * 1024;

    /// <summary>One part, which is proved by the answer to its only GET, and several, of which the store is asked by HEAD.</summary>
    private const int Small = 700_000;
    private const int Large = 13 * 1024 * 1024;

    public static TheoryData<int, ETagKind, string, string, VerificationLevel, string> Levels()
    {
        var levels = new TheoryData<int, ETagKind, string, string, VerificationLevel, string>
        {
            // size, ETag, checksum, its type → level, algorithm
            { Small, Md5, "", "", ETagMd5, "MD5" },
            { Large, Md5, "", "", ETagMd5, "MD5" },
            { Small, Kms, "", "", Size, "CRC64NVME" },
            { Large, Kms, "", "", Size, "CRC64NVME" },
            { Small, MultipartTold, "", "", VerificationLevel.Composite, "MD5" },
            { Large, MultipartTold, "", "", VerificationLevel.Composite, "MD5" },
            { Large, MultipartGuessable, "", "", VerificationLevel.Composite, "MD5" },
            { Large, MultipartUnknown, "", "", Size, "CRC64NVME" },
            { Large, KmsMultipart, "", "", Size, "CRC64NVME" },

            // S3 keeps no CRC64NVME over parts; the ETag is what counts then.
            { Large, MultipartTold, "CRC64NVME", StoredEvidence.Composite, VerificationLevel.Composite, "MD5" },
            { Large, MultipartUnknown, "CRC64NVME", StoredEvidence.Composite, Size, "CRC64NVME" },
        };
        foreach (var algorithm in ServerChecksum.Algorithms)
        {
            levels.Add(Small, Md5, algorithm, StoredEvidence.FullObject, VerificationLevel.FullObject, algorithm);
            levels.Add(Large, Md5, algorithm, StoredEvidence.FullObject, VerificationLevel.FullObject, algorithm);
            levels.Add(Large, Kms, algorithm, StoredEvidence.FullObject, VerificationLevel.FullObject, algorithm);
            levels.Add(Large, MultipartTold, algorithm, StoredEvidence.FullObject, VerificationLevel.FullObject, algorithm);
            levels.Add(Large, MultipartUnknown, algorithm, StoredEvidence.FullObject, VerificationLevel.FullObject, algorithm);
        }

        foreach (var algorithm in ServerChecksum.Algorithms.Where(algorithm => algorithm != "CRC64NVME"))
        {
            levels.Add(Small, MultipartTold, algorithm, StoredEvidence.Composite, VerificationLevel.Composite, algorithm);
            levels.Add(Large, MultipartTold, algorithm, StoredEvidence.Composite, VerificationLevel.Composite, algorithm);
            levels.Add(Large, MultipartGuessable, algorithm, StoredEvidence.Composite, VerificationLevel.Composite, algorithm);
            levels.Add(Large, KmsMultipart, algorithm, StoredEvidence.Composite, VerificationLevel.Composite, algorithm);
        }

        return levels;
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task The_level_is_that_of_the_strongest_evidence(int size, ETagKind etag, string checksum, string type, VerificationLevel level, string algorithm)
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = ObjectContent.Generated(size, 7);
        Put(fixture.Server, content, etag, UploadPart, checksum, type);

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        fixture.AssertHolds("a.bin", content);
        var file = outcome.File("a.bin");
        Assert.Equal(level, file.Verification);
        Assert.Equal(level == VerificationLevel.Composite ? ChecksumOf(algorithm, content, UploadPart) : ChecksumOf(algorithm, content), file.Checksum);
        Assert.Equal(size, file.BytesDownloaded);
        if (size == Small)
            Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.HeadObject));
    }

    [Theory]
    [InlineData(Small, Md5, "")]
    [InlineData(Large, MultipartUnknown, "")]
    [InlineData(Large, Md5, "CRC64NVME")]
    public async Task The_callers_word_is_stronger_than_the_stores(int size, ETagKind etag, string checksum)
    {
        await using var fixture = await EngineFixture.StartAsync();
        var content = ObjectContent.Generated(size, 7);
        Put(fixture.Server, content, etag, UploadPart, checksum, StoredEvidence.FullObject);
        var request = fixture.Request() with { FileSpecs = [new() { Path = "a.bin", Sha256 = ContentHash.Sha256Hex(content) }] };

        var outcome = await fixture.SaveAsync(request);

        outcome.AssertSucceeded();
        Assert.Equal(Sha256, outcome.File("a.bin").Verification);
        Assert.Equal(ChecksumOf("SHA256", content), outcome.File("a.bin").Checksum);
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.HeadObject));
    }
}

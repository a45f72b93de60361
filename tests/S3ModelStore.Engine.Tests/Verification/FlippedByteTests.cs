using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.Engine.Verification;
using S3ModelStore.TestServer.Content;
using Xunit;

namespace S3ModelStore.Engine.Tests.Verification;

/// <summary>One byte that is not the one that was sent, anywhere, is found by every kind of evidence.</summary>
public sealed class FlippedByteTests
{
    private const int FetchPart = 64 * 1024;
    private const int UploadPart = 100_000;
    private const int Seed = 20_26;

    /// <summary>Fits one request, and takes four of them: of every size there are several uploaded parts.</summary>
    private static readonly (int Size, int PartSize)[] Shapes = [(250_123, 1024 * 1024), (250_123, FetchPart)];

    public static TheoryData<VerificationLevel, string> Evidence()
    {
        var evidence = new TheoryData<VerificationLevel, string>
        {
            { VerificationLevel.Sha256, "SHA256" },
            { VerificationLevel.Composite, "MD5" },
            { VerificationLevel.ETagMd5, "MD5" },
        };
        foreach (var algorithm in ServerChecksum.Algorithms)
            evidence.Add(VerificationLevel.FullObject, algorithm);
        foreach (var algorithm in ServerChecksum.Algorithms.Where(algorithm => algorithm != "CRC64NVME"))
            evidence.Add(VerificationLevel.Composite, algorithm);
        return evidence;
    }

    [Theory]
    [MemberData(nameof(Evidence))]
    public async Task A_byte_that_flips_once_costs_one_more_fetch(VerificationLevel level, string algorithm)
    {
        foreach (var (size, partSize) in Shapes)
        {
            foreach (var position in Positions(size))
            {
                await using var fixture = await EngineFixture.StartAsync();
                fixture.Options = fixture.Options with { PartSize = partSize };
                var content = PutProvedBy(fixture, level, algorithm, size);
                Flip(fixture, position, times: 1);

                var outcome = await fixture.SaveAsync(RequestFor(fixture, level, content));

                Assert.True(outcome.Result.Success, $"Byte {position} of {size}: {outcome.Result.ErrorMessage}");
                fixture.AssertHolds("a.bin", content);
                var file = outcome.File("a.bin");
                Assert.Equal((position, level, Expected(level, algorithm, content)), (position, file.Verification, file.Checksum));
                Assert.Equal((position, 2L * size, 1), (position, file.BytesDownloaded, file.Retries));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Evidence))]
    public async Task A_byte_that_flips_every_time_is_told_and_never_put_in_place(VerificationLevel level, string algorithm)
    {
        foreach (var (size, partSize) in Shapes)
        {
            foreach (var position in (int[])[0, (2 * FetchPart) - 1, size - 1])
            {
                await using var fixture = await EngineFixture.StartAsync();
                fixture.Options = fixture.Options with { PartSize = partSize };
                var content = PutProvedBy(fixture, level, algorithm, size);
                Flip(fixture, position, times: long.MaxValue);
                var old = ObjectContent.Generated(size, 99);
                Directory.CreateDirectory(fixture.Destination);
                await File.WriteAllBytesAsync(fixture.PathOf("a.bin"), old.ToArray(), TestContext.Current.CancellationToken);

                var outcome = await fixture.SaveAsync(RequestFor(fixture, level, content));

                var failure = outcome.OnlyFailure(ModelStoreErrorCode.ChecksumMismatch);
                Assert.Contains(Expected(level, algorithm, content), failure.Message, StringComparison.Ordinal);
                Assert.Contains(Expected(level, algorithm, content.WithFlippedByte(position)), failure.Message, StringComparison.Ordinal);
                fixture.AssertHolds("a.bin", old);
                Assert.Equal(0, fixture.PartialFiles());
            }
        }
    }

    [Fact]
    public async Task By_a_layout_that_is_only_guessed_wrong_bytes_are_no_proof_and_no_failure()
    {
        await using var fixture = await EngineFixture.StartAsync();
        const int Size = 11 * 1024 * 1024, Part = 5 * 1024 * 1024;
        StoredEvidence.Put(fixture.Server, ObjectContent.Generated(Size, 3), ETagKind.MultipartGuessable, Part);
        Flip(fixture, Part, times: 1);

        var outcome = await fixture.SaveAsync();

        Assert.Equal(VerificationLevel.Size, outcome.File("a.bin").Verification);
        Assert.NotNull(outcome.File("a.bin").VerificationNote);
    }

    // First and last, on both sides of an edge between parts that are fetched and between parts that were uploaded, and anywhere.
    private static IEnumerable<int> Positions(int size)
    {
        var random = new Random(Seed);
        return [0, FetchPart - 1, FetchPart, UploadPart - 1, UploadPart, size - 1, random.Next(size), random.Next(size)];
    }

    private static void Flip(EngineFixture fixture, int position, long times)
        => fixture.Server.Faults.OnGet(StoredEvidence.Key).Covering(position).Times(times).Alter(answer => answer.Content = answer.Content.WithFlippedByte(position));

    private static ObjectContent PutProvedBy(EngineFixture fixture, VerificationLevel level, string algorithm, int size)
    {
        var content = ObjectContent.Generated(size, 5);
        var (etag, type) = level switch
        {
            VerificationLevel.FullObject => (ETagKind.MultipartUnknown, StoredEvidence.FullObject),
            VerificationLevel.Composite => (ETagKind.MultipartTold, StoredEvidence.Composite),
            VerificationLevel.Sha256 => (ETagKind.Kms, string.Empty),
            _ => (ETagKind.Md5, string.Empty),
        };
        StoredEvidence.Put(fixture.Server, content, etag, UploadPart, type.Length == 0 || algorithm == "MD5" ? string.Empty : algorithm, type);
        return content;
    }

    private static DownloadRequest RequestFor(EngineFixture fixture, VerificationLevel level, ObjectContent content)
        => level == VerificationLevel.Sha256
            ? fixture.Request() with { FileSpecs = [new() { Path = "a.bin", Sha256 = ContentHash.Sha256Hex(content) }] }
            : fixture.Request();

    private static string Expected(VerificationLevel level, string algorithm, ObjectContent content)
        => level == VerificationLevel.Composite ? StoredEvidence.ChecksumOf(algorithm, content, UploadPart) : StoredEvidence.ChecksumOf(algorithm, content);
}

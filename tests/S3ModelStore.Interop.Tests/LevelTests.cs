using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Interop.Tests;

/// <summary>
/// Which level a file reaches that was uploaded with each of S3's checksums. What a server was given it may not keep (Ceph before 20), or
/// not tell with every answer: the level is that of the strongest evidence it tells, and where it tells none that of the ETag. The output
/// of each test is its row of the table; servers/with-suite.sh starts a Ceph that keeps them all.
/// </summary>
public sealed class LevelTests(RealServer server)
{
    private const int Part = 5 * 1024 * 1024;

    /// <summary>One request, whose answer is all the evidence there is.</summary>
    private const int Small = 700_000;

    /// <summary>Several parts, and a HEAD beside them.</summary>
    private const int Large = (13 * 1024 * 1024) + 4321;

    private const string FullObject = "FULL_OBJECT";
    private const string Composite = "COMPOSITE";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int, string, string> Singles() => new()
    {
        { Small, "", "" },
        { Small, "CRC64NVME", FullObject },
        { Small, "SHA256", FullObject },
        { Large, "", "" },
        { Large, "CRC64NVME", FullObject },
        { Large, "CRC32C", FullObject },
        { Large, "CRC32", FullObject },
        { Large, "SHA256", FullObject },
        { Large, "SHA1", FullObject },
    };

    public static TheoryData<int, string, string> Multiparts() => new()
    {
        { Large, "", "" },
        { Large, "CRC64NVME", FullObject },
        { Large, "CRC32C", FullObject },
        { Large, "CRC32", FullObject },
        { Large, "CRC32C", Composite },
        { Large, "CRC32", Composite },
        { Large, "SHA256", Composite },
        { Large, "SHA1", Composite },
    };

    [Theory]
    [MemberData(nameof(Singles))]
    public async Task An_object_of_one_upload_is_proved_by_the_strongest_that_is_told(int size, string algorithm, string type)
    {
        server.Require();
        var key = $"levels/single/{size}-{algorithm}/a.bin";
        var content = Content(size);
        var upload = new ChecksumUpload(server, algorithm);
        await upload.SingleAsync(key, content, Cancellation);

        var told = await ToldAsync(size == Small ? HttpVerb.GET : HttpVerb.HEAD, key, algorithm);

        var file = await SaveAsync(key, content);
        if (told is null)
            AssertProved(file, VerificationLevel.ETagMd5, "MD5:" + await ETagAsync(key));
        else
            AssertProved(file, VerificationLevel.FullObject, $"{algorithm}:{InOurNotation(algorithm, upload.Digest(content))}");
        Report($"one upload of {size}", algorithm, type, told, file);
    }

    [Theory]
    [MemberData(nameof(Multiparts))]
    public async Task An_object_of_several_parts_is_proved_by_the_strongest_that_is_told(int size, string algorithm, string type)
    {
        server.Require();
        var key = $"levels/multipart/{algorithm}-{type}/a.bin";
        var content = Content(size);
        var upload = new ChecksumUpload(server, algorithm);
        await upload.MultipartAsync(key, content, Part, type, Cancellation);

        var told = await ToldAsync(HttpVerb.HEAD, key, algorithm);

        var file = await SaveAsync(key, content);
        if (told is null)
            AssertProved(file, VerificationLevel.Composite, "MD5:" + await ETagAsync(key));
        else if (!told.Contains('-', StringComparison.Ordinal))
            AssertProved(file, VerificationLevel.FullObject, $"{algorithm}:{InOurNotation(algorithm, upload.Digest(content))}");
        else
            AssertProved(file, VerificationLevel.Composite, $"{algorithm}:{CompositeOf(upload, content)}");
        Report($"parts of {Part}", algorithm, type, told, file);
    }

    private static void AssertProved(S3ModelFileResult file, VerificationLevel level, string checksum)
        => Assert.Equal((level, checksum), (file.Verification, file.Checksum));

    private static void Report(string upload, string algorithm, string type, string? told, S3ModelFileResult file)
        => TestContext.Current.TestOutputHelper!.WriteLine($"{upload} | {algorithm} {type} | told: {told ?? "nothing"} | {file.Verification} | {file.Checksum}");

    private static byte[] Content(int size)
    {
        var content = new byte[size];
        GeneratedContent.Fill(content, offset: 0);
        return content;
    }

    private static string InOurNotation(string algorithm, byte[] digest)
        => algorithm.StartsWith("SHA", StringComparison.Ordinal) ? Convert.ToHexStringLower(digest) : Convert.ToBase64String(digest);

    private static string CompositeOf(ChecksumUpload upload, byte[] content)
    {
        var parts = content.Chunk(Part).Select(part => upload.Digest(part)).ToList();
        return $"{Convert.ToBase64String(upload.Digest([.. parts.SelectMany(digest => digest)]))}-{parts.Count}";
    }

    private async Task<S3ModelFileResult> SaveAsync(string key, byte[] content)
    {
        using var destination = new TempDirectory();
        using var store = server.OpenStore();
        var outcome = await store.SaveAsync(server.Uri(key), destination.Path, Cancellation);
        Assert.True(outcome.Result.Success, outcome.Result.ErrorMessage);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(destination.Path, "a.bin"), Cancellation)));
        return Assert.Single(outcome.Result.Files);
    }

    private async Task<string> ETagAsync(string key) => (await server.Client.GetObjectMetadataAsync(server.Bucket, key, Cancellation)).ETag.Trim('"');

    // What the server says by itself: the SDK would check what it reads, and cannot check all of it.
    private async Task<string?> ToldAsync(HttpVerb verb, string key, string algorithm)
    {
        const string mode = "x-amz-checksum-mode";
        if (algorithm.Length == 0)
            return null;
        var presign = new GetPreSignedUrlRequest { BucketName = server.Bucket, Key = key, Verb = verb, Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Protocol.HTTP };
        presign.Headers[mode] = "ENABLED";
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(verb.ToString()), await server.Client.GetPreSignedURLAsync(presign));
        request.Headers.Add(mode, "ENABLED");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.TryGetValues("x-amz-checksum-" + algorithm.ToLowerInvariant(), out var values) ? values.Single() : null;
    }
}

using System.Globalization;
using CsCheck;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Storage;
using Xunit;

namespace S3ModelStore.Engine.Tests.Storage;

public sealed class ContentFingerprintTests
{
    // Pieces of which a careless encoding could make one field look like two.
    private static readonly Gen<string> Texts = Gen.OneOf("a", "b", "1", "2", ":", ",", "\0", "\n", "/", "1:a,", "ETag:", "é", "\U0001F600").Array[0, 5].Select(string.Concat);

    private static readonly Gen<ManifestEntry> Entries = Gen.Select(
        Texts, Gen.OneOf(Gen.Long[0, 3], Gen.Long[0, long.MaxValue]), Texts, Texts, Gen.Bool, (path, size, digest, etag, hasDigest) => Entry(path, size, hasDigest ? "X:" + digest : null, etag));

    // A place holds one file.
    private static readonly Gen<ManifestEntry[]> Sets = Entries.Array[0, 4].Select(files => files.DistinctBy(file => file.Path).ToArray());

    /// <summary>Computed apart from this code, in Python, from the format's description.</summary>
    [Fact]
    public void It_is_computed_as_documented()
    {
        ManifestEntry[] files =
        [
            Entry("model-00001.safetensors", 5_000_000_000, "CRC64NVME:rosUhgp5mIg="),
            Entry("config.json", 2, "SHA256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
            Entry("sub/é.bin", 0, digest: null, etag: "d41d8cd98f00b204e9800998ecf8427e-1"),
            Entry("\U0001F600", 1, "MD5:0cc175b9c0f1b6a831c399e269772661"),
            Entry("\uFFFD", 1, "MD5:0cc175b9c0f1b6a831c399e269772661"),
        ];

        Assert.Equal("SHA256:4e68d3e4c702e3506a714ab2eca7f68f9ff6c1adecfbd801424bf61c0a2e7bf8", Manifest.FingerprintOf(files));
        Assert.Equal("SHA256:81ef2b174501b9ffaf51e5e2c988f6bb8e75a0bff46e2ddaf3f69f3d7c6e57f0", Manifest.FingerprintOf([]));
    }

    [Fact]
    public void Order_place_and_time_do_not_matter()
        => Gen.Select(Sets, Gen.Int).Sample((files, seed) =>
        {
            var elsewhere = files.Select(file => file with
            {
                Uri = "s3://other/" + file.Key,
                Key = "other/" + file.Key,
                Version = "v2",
                ModifiedAt = DateTimeOffset.UnixEpoch.AddSeconds(seed),
                Verification = VerificationLevel.FullObject,
                ETag = file.Digest is null ? file.ETag : "other",
            }).ToArray();
            new Random(seed).Shuffle(elsewhere);

            Assert.Equal(Manifest.FingerprintOf(files), Manifest.FingerprintOf(elsewhere));
        });

    [Fact]
    public void Different_files_have_different_fingerprints()
        => Gen.Select(Sets, Sets).Sample(
            (one, other) => Assert.Equal(Facts(one) == Facts(other), Manifest.FingerprintOf(one) == Manifest.FingerprintOf(other)),
            iter: 20_000);

    /// <summary>The files of this pair differ, and their fields written one after another do not.</summary>
    [Theory]
    [InlineData("\0", "\n")]
    [InlineData(",", ",")]
    [InlineData("\n", "\n")]
    [InlineData(",1:", ",1:")]
    [InlineData("", "")]
    public void A_digest_cannot_pass_for_another_file(string betweenFields, string betweenFiles)
    {
        var two = new[] { Entry("a", 1, "X:1"), Entry("b", 2, "X:2") };
        var one = new[] { Entry("a", 1, $"X:1{betweenFiles}b{betweenFields}2{betweenFields}X:2") };

        Assert.NotEqual(Manifest.FingerprintOf(two), Manifest.FingerprintOf(one));
    }

    [Fact]
    public void Windows_and_others_agree()
        => Assert.Equal(Manifest.FingerprintOf([Entry("a/b/c", 1, "X:1"), Entry("a0", 1, "X:1")]), Manifest.FingerprintOf([Entry(@"a\b\c", 1, "X:1"), Entry("a0", 1, "X:1")]));

    [Fact]
    public void The_users_language_does_not_matter()
    {
        var files = new[] { Entry("ı", 1234567, "X:1"), Entry("I", 1234567, "X:1"), Entry("i", -0, "X:1") };
        var before = CultureInfo.CurrentCulture;
        var expected = Manifest.FingerprintOf(files);
        try
        {
            foreach (var name in new[] { "tr-TR", "ar-SA", "fa-IR", "" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                Assert.Equal(expected, Manifest.FingerprintOf(files));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // All that counts, written so that nothing can be mistaken: each character as a number.
    private static string Facts(ManifestEntry[] files)
        => string.Join('|', files.Select(file => $"{Codes(file.Path)};{file.Size};{Codes(file.Digest ?? "ETag:" + file.ETag)}").Order(StringComparer.Ordinal));

    private static string Codes(string text) => string.Join(' ', text.Select(c => (int)c));

    private static ManifestEntry Entry(string path, long size, string? digest, string etag = "e") => new()
    {
        Path = path,
        Uri = "s3://b/m/" + path,
        Key = "m/" + path,
        ETag = etag,
        Size = size,
        ModifiedAt = DateTimeOffset.UnixEpoch,
        Digest = digest,
        Verification = VerificationLevel.Size,
    };
}

using System.Text.Json.Nodes;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Storage;
using Xunit;

namespace S3ModelStore.Engine.Tests.Storage;

/// <summary>The document that stays in a destination: others read it, and this module years later.</summary>
public sealed class ManifestTests : IDisposable
{
    // What version 1 looks like. A change that this test refuses is a new version.
    internal const string Document = """
        {
          "version": 1,
          "source": "s3://bucket/llm",
          "endpoint": "https://s3.example.org",
          "completedAt": "2026-11-05T06:07:08+00:00",
          "fingerprint": "SHA256:00",
          "files": [
            {
              "path": "a/b.json",
              "uri": "s3://bucket/llm/a/b.json",
              "key": "llm/a/b.json",
              "eTag": "0cc175b9c0f1b6a831c399e269772661",
              "version": "v1",
              "size": 5,
              "modifiedAt": "2026-11-05T06:07:08.1234567+00:00",
              "digest": "MD5:0cc175b9c0f1b6a831c399e269772661",
              "verification": "ETagMd5"
            },
            {
              "path": "c",
              "uri": "s3://bucket/llm/c",
              "key": "llm/c",
              "eTag": "e-2",
              "size": 9007199254740993,
              "modifiedAt": "2026-11-05T06:07:08+00:00",
              "verification": "Size"
            }
          ]
        }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("s3modelstore-").FullName;

    private string ManifestPath => Path.Combine(_directory, "manifest.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void It_is_written_as_documented()
    {
        Sample().Write(ManifestPath);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Document), JsonNode.Parse(File.ReadAllText(ManifestPath))), File.ReadAllText(ManifestPath));
        Assert.Equal([ManifestPath], Directory.GetFiles(_directory));
    }

    [Fact]
    public void It_is_read_as_documented()
    {
        File.WriteAllText(ManifestPath, Document);
        var expected = Sample();

        var manifest = Manifest.Read(ManifestPath);

        Assert.NotNull(manifest);
        Assert.Equal(expected.Files, manifest.Files);
        Assert.Equal(expected with { Files = manifest.Files }, manifest);
    }

    [Fact]
    public void Properties_of_a_later_minor_version_are_ignored()
    {
        var document = JsonNode.Parse(Document)!.AsObject();
        document["later"] = new JsonArray(1, 2);
        document["files"]![0]!["later"] = "x";
        File.WriteAllText(ManifestPath, document.ToJsonString());

        Assert.Equal(Sample().Files, Manifest.Read(ManifestPath)?.Files);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2147483647")]
    [InlineData("2147483648")]
    [InlineData("1.5")]
    [InlineData("1e999")]
    public void A_later_version_is_refused_and_kept(string version)
    {
        var content = $$"""{"version":{{version}},"all":"different"}""";
        File.WriteAllText(ManifestPath, content);

        Assert.Equal(ModelStoreErrorCode.UnsupportedState, Assert.Throws<ModelStoreException>(() => Manifest.Read(ManifestPath)).Code);
        Assert.Equal(content, File.ReadAllText(ManifestPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("""{"version":"1"}""")]
    [InlineData("""{"version":0,"source":"s","endpoint":"e","completedAt":"2026-11-05T06:07:08Z","fingerprint":"f","files":[]}""")]
    [InlineData("""{"version":1,"source":"s","endpoint":"e","completedAt":"2026-11-05T06:07:08Z","fingerprint":"f","files":null}""")]
    [InlineData("""{"version":1,"source":"s","endpoint":"e","completedAt":"2026-11-05T06:07:08Z","fingerprint":"f","files":[null]}""")]
    [InlineData("""{"version":1,"source":null,"endpoint":"e","completedAt":"2026-11-05T06:07:08Z","fingerprint":"f","files":[]}""")]
    [InlineData("""{"version":1,"source":"s","endpoint":"e","completedAt":"2026-11-05T06:07:08Z","fingerprint":"f","files":[{"path":null,"uri":"u","key":"k","eTag":"e","size":1,"modifiedAt":"2026-11-05T06:07:08Z","verification":"Size"}]}""")]
    [InlineData("""{"version":1,"source":"s","endpoint":"e","completedAt":"2026-11-05T06:07:08Z","fingerprint":"f","files":[{"path":"p","uri":"u","key":"k","eTag":"e","size":-1,"modifiedAt":"2026-11-05T06:07:08Z","verification":"Size"}]}""")]
    public void What_is_no_manifest_is_as_if_there_were_none(string content)
    {
        File.WriteAllText(ManifestPath, content);

        Assert.Null(Manifest.Read(ManifestPath));
    }

    [Fact]
    public void Without_a_file_there_is_none()
        => Assert.Null(Manifest.Read(ManifestPath));

    /// <summary>The lines of an unfinished job are entries too, and as little to be trusted.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"path":null,"uri":"u","key":"k","eTag":"e","size":1,"modifiedAt":"2026-11-05T06:07:08Z","verification":"Size"}""")]
    public void What_is_no_entry_is_left_out_of_a_log(string line)
    {
        var state = new StateDirectory(_directory);
        state.Create();
        File.WriteAllText(Path.Combine(state.CompletedDirectory, "0.jsonl"), line + "\n");

        Assert.Empty(DestinationIndex.Load(state).Entries);
    }

    internal static Manifest Sample() => new()
    {
        Version = Manifest.CurrentVersion,
        Source = "s3://bucket/llm",
        Endpoint = "https://s3.example.org",
        CompletedAt = new DateTimeOffset(2026, 11, 5, 6, 7, 8, TimeSpan.Zero),
        Fingerprint = "SHA256:00",
        Files =
        [
            new ManifestEntry
            {
                Path = "a/b.json",
                Uri = "s3://bucket/llm/a/b.json",
                Key = "llm/a/b.json",
                ETag = "0cc175b9c0f1b6a831c399e269772661",
                Version = "v1",
                Size = 5,
                ModifiedAt = new DateTimeOffset(2026, 11, 5, 6, 7, 8, TimeSpan.Zero).AddTicks(1_234_567),
                Digest = "MD5:0cc175b9c0f1b6a831c399e269772661",
                Verification = VerificationLevel.ETagMd5,
            },
            new ManifestEntry
            {
                Path = "c",
                Uri = "s3://bucket/llm/c",
                Key = "llm/c",
                ETag = "e-2",
                Size = 9_007_199_254_740_993,
                ModifiedAt = new DateTimeOffset(2026, 11, 5, 6, 7, 8, TimeSpan.Zero),
                Verification = VerificationLevel.Size,
            },
        ],
    };
}

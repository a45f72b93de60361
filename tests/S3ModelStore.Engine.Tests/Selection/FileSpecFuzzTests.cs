using System.Text;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Tests.Storage;
using Xunit;

namespace S3ModelStore.Engine.Tests.Selection;

/// <summary>File specifications come from anywhere: only the documented error, and never a path that leads elsewhere.</summary>
public sealed class FileSpecFuzzTests : IDisposable
{
    private const string Digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static readonly byte[][] Samples =
    [
        .. ((string[])[
            ManifestTests.Document,
            $"[{{\"path\":\"a/b.json\",\"size\":5,\"sha256\":\"{Digest}\"}},{{\"RelativePath\":\"c\",\"Checksum\":\"SHA256:{Digest}\"}}]",
            $"{{\"path\":\"a\",\"size\":\"5\"}}",
            $"#TYPE x\nPath,Size,Sha256\na/b.json,5,{Digest}\n\"c,\"\"d\"\"\",,\n",
            $"RelativePath;Size;Checksum\r\na;5;SHA256:{Digest}\r\n",
            $"{Digest}  a/b.json\n{Digest} *c\n\\{Digest}  d\\ne\n",
            $"SHA256 (a/b.json) = {Digest}\nSHA2-256(c)= {Digest}\n",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Anything_is_specifications_or_the_one_error()
    {
        var mutator = new Mutator(4);
        var survived = 0;
        for (var i = Mutator.Inputs(2_000, 120_000); i > 0; i--)
        {
            var mutant = mutator.Next(Samples);
            if (mutator.Chance(20))
                mutant = [.. Encoding.Unicode.GetPreamble(), .. mutant];
            File.WriteAllBytes(_path, mutant);

            IReadOnlyList<S3ModelFileSpec> specs = [];
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                specs = FileSpecReader.Read(_path);
                survived++;
            }
            catch (ModelStoreException error)
            {
                Assert.Equal(ModelStoreErrorCode.InvalidFileSpec, error.Code);
                Assert.Contains(_path, error.Message, StringComparison.Ordinal);
                Assert.NotNull(error.Remedy);
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= (128 * 1024) + (64L * mutant.Length), $"{allocated} bytes were allocated for {mutant.Length}.");
            AssertSound(specs);
        }

        Assert.NotEqual(0, survived);
    }

    private static void AssertSound(IReadOnlyList<S3ModelFileSpec> specs)
    {
        Assert.Equal(specs.Count, specs.Select(spec => spec.Path).Distinct(StringComparer.Ordinal).Count());
        foreach (var spec in specs)
        {
            Assert.Equal("/models/llm/" + spec.Path, Path.GetFullPath(Path.Combine("/models/llm", spec.Path)));
            Assert.True(spec.Size is null or >= 0);
            Assert.True(spec.Sha256 is null || (spec.Sha256.Length == 64 && spec.Sha256.All(char.IsAsciiHexDigitLower)));
        }
    }
}

using System.Text;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using Xunit;

namespace S3ModelStore.Engine.Tests.Model;

public sealed class S3ModelFileSpecTests
{
    private const string Digest = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";

    private static readonly S3ModelFileSpec OnlyName = new() { Path = "only name" };

    private static readonly S3ModelFileSpec Full = new() { Path = "a/b c.bin", Size = 5_000_000_000, Sha256 = Digest.ToLowerInvariant() };

    [Fact]
    public void Properties_of_any_kind_make_a_specification()
    {
        Assert.Equal(OnlyName, S3ModelFileSpec.FromProperties("./only name", null, null));
        Assert.Equal(OnlyName, S3ModelFileSpec.FromProperties("only name", " ", ""));
        Assert.Equal(Full, S3ModelFileSpec.FromProperties("a/b c.bin", 5e9, Digest));
        Assert.Equal(Full, S3ModelFileSpec.FromProperties("a/b c.bin", "5000000000", new StringBuilder(Digest)));
        Assert.Equal(0, S3ModelFileSpec.FromProperties("a", 0m, null).Size);
        Assert.Equal(long.MaxValue, S3ModelFileSpec.FromProperties("a", long.MaxValue, null).Size);
    }

    [Fact]
    public void Properties_that_make_none_are_refused()
    {
        foreach (var size in new object[] { 1.5, double.NaN, double.PositiveInfinity, 1e300, -1, true, "1e3", "64MB", new object() })
        {
            var error = Assert.Throws<ModelStoreException>(() => S3ModelFileSpec.FromProperties("model.bin", size, null));
            Assert.Equal(ModelStoreErrorCode.InvalidFileSpec, error.Code);
            Assert.StartsWith("The file specification cannot be used: the size ", error.Message, StringComparison.Ordinal);
            Assert.Equal("model.bin", error.Target);
        }

        Assert.Throws<ModelStoreException>(() => S3ModelFileSpec.FromProperties(null, 1, null));
        Assert.Throws<ModelStoreException>(() => S3ModelFileSpec.FromProperties("a", 1, 7));
    }
}

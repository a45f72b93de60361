using System.Text;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Verification.Structure;
using Xunit;
using static S3ModelStore.Engine.Tests.Verification.StructureBench;

namespace S3ModelStore.Engine.Tests.Verification;

public sealed class ShardIndexStructureTests : IDisposable
{
    private const string TwoShards = """{"metadata":{"total_size":1e3,"x":[{}]},"weight_map":{"a":"m-1.safetensors","b":"m-2.safetensors","c":"m-1.safetensors"}}""";

    private readonly StructureBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("model.safetensors.index.json", true)]
    [InlineData("unet/model.safetensors.index.json", true)]
    [InlineData("pytorch_model.bin.index.json", true)]
    [InlineData("diffusion_pytorch_model.safetensors.index.fp16.json", true)]
    [InlineData("MODEL.SAFETENSORS.INDEX.JSON", true)]
    [InlineData("model.safetensors.json", false)]
    [InlineData("index.json", false)]
    [InlineData("config.json", false)]
    [InlineData("model.safetensors.index.json/config.json", false)]
    [InlineData("model.safetensors.index", false)]
    [InlineData(".json", false)]
    public void An_index_is_told_by_its_name(string path, bool isIndex)
        => Assert.Equal(isIndex, ShardIndexStructure.IsIndex(path));

    [Fact]
    public void All_shards_present_is_valid()
        => Assert.Equal(StructureReport.Valid, Check(TwoShards, "m-1.safetensors", "m-2.safetensors", "other"));

    [Fact]
    public void Shards_are_looked_for_beside_the_index()
    {
        var index = Encoding.UTF8.GetBytes(TwoShards);

        Assert.Equal(StructureReport.Valid, _bench.Check("unet/m.safetensors.index.json", index, "unet/m-1.safetensors", "unet/m-2.safetensors"));
        Assert.Equal(S3ModelStructure.Invalid, _bench.Check("unet/m.safetensors.index.json", index, "m-1.safetensors", "m-2.safetensors").State);
    }

    [Fact]
    public void A_missing_shard_is_named()
        => AssertInvalid("names 2 shards of which 1 is missing: 'm-2.safetensors'", Check(TwoShards, "m-1.safetensors"));

    [Fact]
    public void Of_many_missing_shards_some_are_named()
    {
        var map = string.Join(',', Enumerable.Range(1, 9).Select(i => $"\"t{i}\":\"s{i}\""));

        AssertInvalid("names 9 shards of which 8 are missing: 's2', 's3', 's4' and 5 more", Check($"{{\"weight_map\":{{{map}}}}}", "s1"));
    }

    [Fact]
    public void A_shard_in_a_directory_below_is_allowed()
        => Assert.Equal(StructureReport.Valid, Check("""{"weight_map":{"a":"shards/1.bin"}}""", "shards/1.bin"));

    [Theory]
    [InlineData("../up")]
    [InlineData("a/../b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/")]
    [InlineData("C:evil")]
    [InlineData("c:/evil")]
    [InlineData("..\\\\up")]
    public void A_name_that_leads_elsewhere_is_invalid_even_if_it_is_there(string name)
        => AssertInvalid("not a file beside it", Check($"{{\"weight_map\":{{\"a\":\"{name}\"}}}}", name, name.Replace(@"\\", @"\", StringComparison.Ordinal)));

    [Theory]
    [InlineData("", "not proper JSON")]
    [InlineData("\uFEFF{}", "not proper JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "no weight_map")]
    [InlineData("{\"weight_map\":[]}", "not an object")]
    [InlineData("{\"weight_map\":{}}", "names no shards")]
    [InlineData("{\"weight_map\":{\"a\":1}}", "not the name of a file")]
    [InlineData("{\"weight_map\":{\"a\":[\"b\"]}}", "not the name of a file")]
    [InlineData("{\"weight_map\":{\"a\":\"b\"}", "not proper JSON")]
    [InlineData("{\"weight_map\":{\"a\":\"b\"}}x", "not proper JSON")]
    public void A_broken_index_is_invalid(string content, string reason)
        => AssertInvalid(reason, Check(content, "b"));

    private StructureReport Check(string content, params string[] present)
        => _bench.Check("model.safetensors.index.json", Encoding.UTF8.GetBytes(content), present);
}

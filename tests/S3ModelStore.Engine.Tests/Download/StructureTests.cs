using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Selection;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Samples;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>Files that arrived as they are, and that no loader would take.</summary>
public sealed class StructureTests
{
    [Fact]
    public async Task A_good_model_is_valid_and_has_one_fingerprint_wherever_it_is()
    {
        await using var fixture = await EngineFixture.StartAsync();
        SampleModel.Put(fixture.Server.Objects, EngineFixture.Bucket, "m", new SampleModelOptions { WeightBytes = 1_000_000 });

        var first = await fixture.SaveAsync();
        var elsewhere = await fixture.SaveAsync(fixture.Request() with { Destination = Path.Combine(fixture.Root, "elsewhere") });
        var again = await fixture.SaveAsync();

        Assert.Empty(first.Warnings);
        Assert.Equal(3, first.Result.Files.Count(file => file.Structure == S3ModelStructure.Valid));
        Assert.StartsWith("SHA256:", first.Result.Fingerprint, StringComparison.Ordinal);
        Assert.Equal(first.Result.Fingerprint, elsewhere.Result.Fingerprint);
        Assert.Equal(first.Result.Fingerprint, again.Result.Fingerprint);
    }

    [Fact]
    public async Task A_lie_in_a_header_is_a_warning_that_names_the_file()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/model.safetensors", ObjectContent.FromText("not a header at all"));

        var outcome = await fixture.SaveAsync();

        outcome.AssertSucceeded();
        Assert.Equal(S3ModelStructure.Invalid, outcome.File("model.safetensors").Structure);
        Assert.Contains("model.safetensors", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_format_that_is_too_new_to_judge_is_noted_and_no_warning()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Server.Objects.Put(EngineFixture.Bucket, "m/model.gguf", ObjectContent.FromBytes([.. "GGUF"u8, 99, 0, 0, 0, .. new byte[100]]));

        var outcome = await fixture.SaveAsync();

        Assert.Equal(S3ModelStructure.Unknown, outcome.File("model.gguf").Structure);
        Assert.Empty(outcome.Warnings);
        Assert.Contains(outcome.Notes, note => note.Contains("model.gguf", StringComparison.Ordinal) && note.Contains("99", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shard_that_the_source_lacks_is_missed_and_one_that_nobody_wanted_is_not()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Server.Objects.Put(
            EngineFixture.Bucket, "m/model.safetensors.index.json", ObjectContent.FromText("""{"weight_map":{"t":"model-00001-of-00001.safetensors"}}"""));

        var whole = await fixture.SaveAsync();
        var picked = await fixture.SaveAsync(fixture.Request() with { Filter = ModelFilter.Create(["*.json"], null), Force = true });

        Assert.Contains("model-00001-of-00001.safetensors", Assert.Single(whole.Warnings), StringComparison.Ordinal);
        Assert.Empty(picked.Warnings);
    }
}

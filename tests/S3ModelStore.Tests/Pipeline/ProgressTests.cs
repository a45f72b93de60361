using System.Diagnostics;
using System.Management.Automation;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Pipeline;

public sealed class ProgressTests
{
    [Fact]
    public async Task Progress_is_sampled_and_completed_once()
    {
        await using var store = await Slow();
        var watch = Stopwatch.StartNew();
        var result = store.Engine.Run("Save-S3Model s3://b/m ./d");
        var seconds = watch.Elapsed.TotalSeconds;
        Assert.True(result.Get<bool>("Success"));
        var job = result.Progress.Where(record => record.ParentActivityId < 0).ToArray();
        Assert.InRange(result.Progress.Count(record => record.RecordType == ProgressRecordType.Processing), 2, (seconds * 5) + 1);
        Assert.Equal(ProgressRecordType.Completed, job[^1].RecordType);
        Assert.Single(job, record => record.RecordType == ProgressRecordType.Completed);
        Assert.All(job, record => Assert.Equal("Save s3://b/m", record.Activity));
        Assert.Contains(job, record => record.StatusDescription.StartsWith("Downloading: ", StringComparison.Ordinal) && record.StatusDescription.EndsWith(", 0 of 2 files", StringComparison.Ordinal) && record.PercentComplete is > 0 and < 100);
        var percents = job.SkipLast(1).Select(record => record.PercentComplete).ToArray();
        Assert.Equal(percents.Order(), percents);
    }

    [Fact]
    public async Task Busy_files_are_children_and_end_too()
    {
        await using var store = await Slow();
        var children = store.Engine.Run("Save-S3Model s3://b/m ./d").Progress.Where(record => record.ParentActivityId >= 0).ToArray();
        Assert.Contains("a.bin", children.Select(record => record.Activity));
        Assert.All(children.GroupBy(record => record.ActivityId), line => Assert.Equal(ProgressRecordType.Completed, line.Last().RecordType));
        // Each on a line of its own, from its beginning to its end.
        Assert.All(children.GroupBy(record => record.Activity, StringComparer.Ordinal), file => Assert.Single(file.Select(record => record.ActivityId).Distinct()));
    }

    [Theory]
    [InlineData("$ProgressPreference = 'SilentlyContinue'; Save-S3Model s3://b/m ./d")]
    [InlineData("Save-S3Model s3://b/m ./d -ProgressAction SilentlyContinue")]
    [InlineData("Save-S3Model s3://b/m ./d -ProgressAction Ignore")]
    public async Task There_is_none_when_nobody_wants_it(string script)
    {
        await using var store = await Slow();
        var result = store.Engine.Run(script);
        Assert.True(result.Get<bool>("Success"));
        Assert.Empty(result.Progress);
    }

    [Fact]
    public async Task Every_command_has_lines_of_its_own()
    {
        await using var store = await Slow();
        var result = store.Engine.Run("Save-S3Model s3://b/m ./d | Out-Null; Save-S3Model s3://b/m ./e");
        var jobs = result.Progress.Where(record => record.ParentActivityId < 0).Select(record => record.ActivityId).Distinct().ToArray();
        Assert.Equal(2, jobs.Length);
        // Scripts number theirs from 0.
        Assert.All(result.Progress, record => Assert.True(record.ActivityId > 1000));
        Assert.All(result.Progress.Where(record => record.ParentActivityId >= 0), record => Assert.Contains(record.ParentActivityId, jobs));
        Assert.Empty(result.Progress.Where(record => record.ParentActivityId >= 0).Select(record => record.ActivityId).Intersect(jobs));
    }

    private static async Task<ModelServer> Slow()
    {
        var store = await ModelServer.StartAsync();
        store.Put("m/a.bin", 3_000_000);
        store.Put("m/b.bin", 3_000_000);
        store.Server.Faults.OnGet().ThrottleRate(3_000_000).Always();
        return store;
    }
}

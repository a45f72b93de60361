using Xunit;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>Jobs of one process that fill one destination together.</summary>
public sealed class ManyJobsTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 6));

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Who_goes_on_has_every_byte_right_whoever_is_stopped(int seed) => ManyJobs.RunAsync(seed);
}

using S3ModelStore.Benchmarks.Neutral;

namespace S3ModelStore.Benchmarks.Peers;

/// <summary>Downloaders that speak S3, allowed more parallelism than their defaults, as their documentation advises for fast networks.</summary>
internal static class ObjectStoreTools
{
    public const string Parallel = "32";

    private static readonly Dictionary<string, string> SomeRegion = new(StringComparer.Ordinal) { ["AWS_REGION"] = "us-east-1" };

    public static Contestant Rclone { get; } = new("rclone, 32 transfers", Copy)
    {
        Tool = "rclone",
        VersionArgument = "version",
        Synchronize = Copy,
    };

    public static Contestant Aws { get; } = new("aws s3, 32 requests", target => S3(target, "cp", "--recursive"))
    {
        Tool = "aws",
        Synchronize = target => S3(target, "sync"),
    };

    public static Contestant S5cmd { get; } = new("s5cmd, 32 requests per file", target => S5(target, "cp", "-c", Parallel))
    {
        Tool = "s5cmd",
        VersionArgument = "version",
        Synchronize = target => S5(target, "sync", "-c", Parallel),
    };

    private static Invocation Copy(Target target) => new(
        "rclone",
        ["copy", "--quiet", "--config", "/dev/null", "--transfers", Parallel, "--checkers", Parallel, "--multi-thread-streams", "16", .. target.IsTls ? ["--no-check-certificate"] : (string[])[], "--s3-provider", "Other", "--s3-endpoint", target.Endpoint, $":s3:{Origin.Bucket}/{target.Prefix}", target.Destination]);

    private static Invocation S3(Target target, params string[] verb) => new(
        "aws",
        ["s3", .. verb, "--only-show-errors", "--no-sign-request", .. target.IsTls ? ["--no-verify-ssl"] : (string[])[], "--endpoint-url", target.Endpoint, target.Uri + "/", target.Destination])
    {
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_CONFIG_FILE"] = target.WriteInput("aws", ["[default]", "region = us-east-1", "s3 =", $"  max_concurrent_requests = {Parallel}"]),
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        },
    };

    private static Invocation S5(Target target, params string[] verb) => new(
        "s5cmd",
        ["--log", "error", "--no-sign-request", .. target.IsTls ? ["--no-verify-ssl"] : (string[])[], "--endpoint-url", target.Endpoint, .. verb, target.Uri + "/*", target.Destination + "/"])
    {
        Environment = SomeRegion,
    };
}

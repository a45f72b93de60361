using S3ModelStore.Benchmarks.Neutral;

namespace S3ModelStore.Benchmarks.Peers;

/// <summary>Downloaders that speak S3, as they come and with more parallelism, as their documentation advises for fast networks.</summary>
internal static class ObjectStoreTools
{
    public const string Parallel = "32";

    private static readonly Dictionary<string, string> SomeRegion = new(StringComparer.Ordinal) { ["AWS_REGION"] = "us-east-1" };

    public static IReadOnlyList<Contestant> All { get; } =
    [
        Rclone("rclone, 32 transfers", "--transfers", Parallel, "--checkers", Parallel, "--multi-thread-streams", "16"),
        Rclone("rclone as it comes"),
        Aws("aws s3, 32 requests", "s3 =", $"  max_concurrent_requests = {Parallel}"),
        Aws("aws s3 as it comes"),
        S5cmd("s5cmd, 32 requests per file", "-c", Parallel),
        S5cmd("s5cmd as it comes"),
    ];

    private static Contestant Rclone(string name, params string[] options)
    {
        return new Contestant(name, Copy) { Tool = "rclone", VersionArgument = "version", Synchronize = Copy };

        Invocation Copy(Target target) => new(
            "rclone",
            ["copy", "--quiet", "--config", "/dev/null", .. options, .. target.IsTls ? ["--no-check-certificate"] : (string[])[], "--s3-provider", "Other", "--s3-endpoint", target.Endpoint, $":s3:{Origin.Bucket}/{target.Prefix}", target.Destination]);
    }

    private static Contestant Aws(string name, params string[] settings)
    {
        return new Contestant(name, target => Run(target, "cp", "--recursive")) { Tool = "aws", Synchronize = target => Run(target, "sync") };

        Invocation Run(Target target, params string[] verb) => new(
            "aws",
            ["s3", .. verb, "--only-show-errors", "--no-sign-request", .. target.IsTls ? ["--no-verify-ssl"] : (string[])[], "--endpoint-url", target.Endpoint, target.Uri + "/", target.Destination])
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["AWS_CONFIG_FILE"] = target.WriteInput("aws", ["[default]", "region = us-east-1", .. settings]),
                ["AWS_EC2_METADATA_DISABLED"] = "true",
            },
        };
    }

    private static Contestant S5cmd(string name, params string[] options)
    {
        return new Contestant(name, target => Run(target, "cp")) { Tool = "s5cmd", VersionArgument = "version", Synchronize = target => Run(target, "sync") };

        Invocation Run(Target target, string verb) => new(
            "s5cmd",
            ["--log", "error", "--no-sign-request", .. target.IsTls ? ["--no-verify-ssl"] : (string[])[], "--endpoint-url", target.Endpoint, verb, .. options, target.Uri + "/*", target.Destination + "/"])
        {
            Environment = SomeRegion,
        };
    }
}

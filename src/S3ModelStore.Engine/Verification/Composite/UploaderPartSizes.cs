namespace S3ModelStore.Engine.Verification.Composite;

/// <summary>The part sizes that programs upload with, as their sources and documents say, in bytes.</summary>
internal static class UploaderPartSizes
{
    private const long MiB = 1024 * 1024;
    private const int MostParts = MultipartETag.MostParts;

    /// <summary>Sizes that are used whatever the object's size, likeliest first.</summary>
    public static IReadOnlyList<long> Fixed { get; } =
    [
        // aws-cli, boto3 and everything built on the CRT: https://docs.aws.amazon.com/cli/latest/topic/s3-config.html#multipart-chunksize
        8 * MiB,

        // AWS SDKs for Go, Java, JavaScript and older .NET, and rclone: https://rclone.org/s3/#s3-chunk-size
        // https://github.com/aws/aws-sdk-go-v2/blob/main/feature/s3/manager/upload.go
        5 * MiB,

        // MinIO's mc and everything built on minio-go: https://github.com/minio/minio-go/blob/master/constants.go
        16 * MiB,

        // The AWS console in a browser: https://stackoverflow.com/questions/12186993#comment136008274_43819225
        17_179_870,

        // Hadoop S3A, and earlier versions of minio-go:
        // https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/performance.html
        64 * MiB,

        // s5cmd and smart_open: https://github.com/peak/s5cmd/blob/master/command/cp.go
        // https://github.com/piskvorky/smart_open/blob/develop/smart_open/s3.py
        50 * MiB,

        // s3cmd: https://github.com/s3tools/s3cmd/blob/master/S3/Config.py
        15 * MiB,

        // Cyberduck and MLflow: https://docs.cyberduck.io/protocols/s3/
        // https://github.com/mlflow/mlflow/blob/master/mlflow/environment_variables.py
        10 * MiB,

        // AWS's own advice and what people set after it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
        100 * MiB,
        128 * MiB,
        32 * MiB,
        256 * MiB,
        512 * MiB,
        1024 * MiB,

        // minio-go reading a pipe, of which it expects 5 TiB: in steps of 16 MiB, earlier of 64 MiB.
        528 * MiB,
        576 * MiB,
        20 * MiB,
        25 * MiB,
        200 * MiB,
        500 * MiB,

        // Programs and people that count in megabytes.
        5_000_000,
        8_000_000,
        10_000_000,
        15_000_000,
        16_000_000,
        20_000_000,
        25_000_000,
        32_000_000,
        50_000_000,
        64_000_000,
        100_000_000,
        128_000_000,
        200_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,

        // The largest part there is, which copies inside a store are made of.
        5 * 1024 * MiB,
        5_000_000_000,
    ];

    /// <summary>What uploaders take instead when their size would make more than 10,000 parts of an object. May repeat itself.</summary>
    /// <param name="size">Bytes of the object.</param>
    public static IEnumerable<long> ForMany(long size)
    {
        // s3transfer of aws-cli and boto3 doubles: https://github.com/boto/s3transfer/blob/develop/s3transfer/utils.py
        yield return Doubled(8 * MiB, size);

        // The CRT, and in the same way the SDKs for Java and .NET: https://github.com/awslabs/aws-c-s3/blob/main/source/s3_util.c
        yield return CeilingOf(size, MostParts);

        // The SDK for Go: https://github.com/aws/aws-sdk-go-v2/blob/main/feature/s3/manager/upload.go
        yield return (size / MostParts) + 1;

        // rclone: https://github.com/rclone/rclone/blob/master/fs/chunksize/chunksize.go
        yield return RoundedUp(size / MostParts, MiB);
        yield return RoundedUp(size / MostParts, MiB) + MiB;

        // minio-go, in today's steps and in earlier ones: https://github.com/minio/minio-go/blob/master/api-put-object-common.go
        yield return RoundedUp(size / MostParts, 16 * MiB);
        yield return RoundedUp(size / MostParts, 64 * MiB);
    }

    public static long CeilingOf(long size, long divisor) => size == 0 ? 0 : ((size - 1) / divisor) + 1;

    public static long RoundedUp(long value, long step) => CeilingOf(value, step) * step;

    private static long Doubled(long partSize, long size)
    {
        while (CeilingOf(size, partSize) > MostParts)
            partSize *= 2;
        return partSize;
    }
}

using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3ModelStore.Benchmarks.Commands;
using S3ModelStore.Benchmarks.Scenarios;

namespace S3ModelStore.Benchmarks.Neutral;

/// <summary>A MinIO with the objects of a scenario, readable by everybody; <c>minio</c> on the PATH.</summary>
internal sealed class MinioServer : IDisposable
{
    public const string Program = "minio";
    private const string Key = "minioadmin";
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private const string EverybodyReads = $$"""
        {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":{"AWS":["*"]},"Action":["s3:GetBucketLocation","s3:ListBucket"],"Resource":["arn:aws:s3:::{{Origin.Bucket}}"]},
        {"Effect":"Allow","Principal":{"AWS":["*"]},"Action":["s3:GetObject"],"Resource":["arn:aws:s3:::{{Origin.Bucket}}/*"]}]}
        """;

    private readonly Process _process;

    private MinioServer(Process process, string endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public static bool IsThere => ExternalTool.IsThere(Program);

    public string Endpoint { get; }

    public static async Task<MinioServer> StartAsync(Origin origin, Scenario scenario, int port)
    {
        var home = Directory.CreateDirectory(Path.Combine(origin.Directory, "minio")).FullName;
        var start = new ProcessStartInfo(Program, ["--config-dir", Path.Combine(home, "config"), "--quiet", "server", "--address", $"127.0.0.1:{port}", Path.Combine(home, "data")])
        {
            UseShellExecute = false,
            // It would leave a directory for certificates in the user's.
            Environment = { ["MINIO_ACCESS_KEY"] = Key, ["MINIO_SECRET_KEY"] = Key, ["HOME"] = home },
        };
        var server = new MinioServer(Process.Start(start)!, $"http://127.0.0.1:{port}");
        try
        {
            await server.FillAsync(scenario.Name, origin.FilesOf(scenario));
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task FillAsync(string prefix, IEnumerable<string> files)
    {
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(Key, Key),
            new AmazonS3Config { ServiceURL = Endpoint, ForcePathStyle = true, AuthenticationRegion = "us-east-1", RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED });
        await CreateBucketAsync(client);
        await client.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = Origin.Bucket, Policy = EverybodyReads });
        await Parallel.ForEachAsync(files, async (file, _) => await client.PutObjectAsync(
            new PutObjectRequest { BucketName = Origin.Bucket, Key = $"{prefix}/{Path.GetFileName(file)}", FilePath = file, UseChunkEncoding = false }, CancellationToken.None));
    }

    private async Task CreateBucketAsync(AmazonS3Client client)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await client.PutBucketAsync(Origin.Bucket);
                return;
            }
            catch (Exception e) when (attempt < 100 && !_process.HasExited && e is AmazonServiceException or HttpRequestException)
            {
                // It begins to listen before it is ready.
                await Task.Delay(Settling);
            }
        }
    }
}

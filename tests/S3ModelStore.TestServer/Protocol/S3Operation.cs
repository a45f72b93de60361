namespace S3ModelStore.TestServer.Protocol;

/// <summary>What a request asks for.</summary>
public enum S3Operation
{
    Unknown,
    ListBuckets,
    ListObjects,
    GetBucketLocation,
    HeadBucket,
    CreateBucket,
    HeadObject,
    GetObject,
    PutObject,
}

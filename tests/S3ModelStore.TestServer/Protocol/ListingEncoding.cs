namespace S3ModelStore.TestServer.Protocol;

/// <summary>How <c>encoding-type=url</c> is answered.</summary>
public enum ListingEncoding
{
    /// <summary>Slashes kept, a space is '+'.</summary>
    Aws,

    /// <summary>Slashes encoded, a space is <c>%20</c>.</summary>
    Ceph,

    /// <summary>The parameter is ignored, as old S3-compatible stores do.</summary>
    Ignored,
}

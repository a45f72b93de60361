namespace S3ModelStore.TestServer.Catalog;

/// <summary>The two answers S3 gives to a request signed for another region.</summary>
public enum WrongRegionAnswer
{
    /// <summary>400 AuthorizationHeaderMalformed, the right region in the body.</summary>
    BadRequest,

    /// <summary>301 PermanentRedirect, the right region in the <c>x-amz-bucket-region</c> header.</summary>
    Redirect,
}

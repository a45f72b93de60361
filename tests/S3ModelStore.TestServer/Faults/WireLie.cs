namespace S3ModelStore.TestServer.Faults;

/// <summary>How an answer on the wire differs from what it should be. The web server would not let such a thing out, so it is passed by.</summary>
/// <param name="LengthOffBy">What Content-Length says too much, or, below zero, too little; <see langword="null"/> leaves the header out and ends the body with the connection.</param>
/// <param name="HeadBytes">How much of status line and headers is sent before the connection ends; <see langword="null"/> for all of it, and the body.</param>
internal sealed record WireLie(long? LengthOffBy, int? HeadBytes = null);

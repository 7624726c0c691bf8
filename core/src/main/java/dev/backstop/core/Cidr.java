package dev.backstop.core;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A block of IP addresses, by the addresses in it and not by how it is written.
 *
 * @param network the leading bits that all its addresses share
 * @param prefix how many these are
 * @param length of an address in bits, 32 or 128
 */
public record Cidr(BigInteger network, int prefix, int length) {
    /** Shorter than every private block: 10.0.0.0/8, fc00::/7. Two halves of the world are the world too. */
    private static final int WORLD_V4 = 8;

    private static final int WORLD_V6 = 7;

    /** Reads {@code 10.0.0.0/8} or {@code ::/0}, host bits ignored as EC2 ignores them; empty for anything else. */
    public static Optional<Cidr> of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        try {
            byte[] address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            int length = address.length * Byte.SIZE;
            return prefix > length
                    ? Optional.empty()
                    : Optional.of(new Cidr(new BigInteger(1, address).shiftRight(length - prefix), prefix, length));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Whether two texts mean the same peer: the same block, or the same word. */
    public static boolean same(String one, String other) {
        Optional<Cidr> block = of(one);
        return one.equals(other) || (block.isPresent() && block.equals(of(other)));
    }

    /** Whether a peer is everybody, or so much of everybody that no private network is as large. */
    public static boolean isWorld(String peer) {
        return of(peer).map(block -> block.prefix < (block.length == Integer.SIZE ? WORLD_V4 : WORLD_V6))
                .orElse(false);
    }
}
